package pinyin

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// fifty thousand names as they are spread in a Chinese county, from a fixed little generator.
func county(n int) []string {
	surnames := []rune("王王王王王李李李李李张张张张刘刘刘陈陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严单解")
	given := []rune("英秀玉桂华兰芳明红金春国梅丽文平荣海建云霞凤军小志林生清福珍美永成永龙忠敏淑强德玲新翠燕杰伟学爱娟勇光东庆祥艳波振晓洪宏辉月香贵民俊超兴涛亮鹏慧雪琴涵子轩梓宇欣怡浩然诗雨萱一诺可馨思佳乐天")
	seed := uint64(20261122)
	next := func(k int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed >> 33 % uint64(k))
	}
	out := make([]string, n)
	for i := range out {
		s := string(surnames[next(len(surnames))]) + string(given[next(len(given))])
		if next(10) < 8 {
			s += string(given[next(len(given))])
		}
		out[i] = s
	}
	return out
}

var typedByWorkers = []string{"l", "li", "lin", "lixiu", "lixiuying", "lxy", "王", "王秀", "王xiu", "wxy", "xiuying", "z", "zh", "zhang", "zhangm", "zgf", "zzzz", "liz", "yu", "yuy", "shan", "sxx", "ying", "y", "xiaoxiao", "wangzhq", "lili", "lll"}

func BenchmarkFind50k(b *testing.B) {
	x := NewIndex(county(50_000))
	var took []time.Duration
	for b.Loop() {
		for _, q := range typedByWorkers {
			began := time.Now()
			x.Find(q, 50)
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
}

func BenchmarkNewIndex50k(b *testing.B) {
	names := county(50_000)
	var before, after runtime.MemStats
	var x *Index
	for b.Loop() {
		x = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		x = NewIndex(names)
		runtime.GC()
		runtime.ReadMemStats(&after)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
	runtime.KeepAlive(x)
}

func BenchmarkFirstReading(b *testing.B) {
	for b.Loop() {
		parseTable(readingsText)
	}
}
