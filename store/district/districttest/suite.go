package districttest

import "testing"

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for _, c := range []struct {
		name string
		test func(*field)
	}{
		{"founding", founding},
		{"the same batch ten times is once", sameBatchTenTimes},
		{"a batch is longer than a transaction", longBatch},
		{"one bad operation of a hundred", oneBadOfAHundred},
		{"what waits for nothing", undecodable},
		{"a gap", gap},
		{"a laptop restored from an image", restored},
		{"a lost answer to a fork", forkAnswerLost},
		{"restored, and says so", restoredOnPurpose},
		{"restored, and a copy goes on", restoredAndCopied},
		{"a copied laptop", copied},
		{"a second fork", secondFork},
		{"a hello without a batch", withoutBatch},
		{"a lost laptop", revoked},
		{"whose data was on a lost laptop", lost},
		{"a laptop lost before its first answer", lostBeforeTheFirstAnswer},
		{"a laptop that was stopped", frozen},
		{"a forgotten passphrase", recovered},
		{"an outbox of what was sent", recoveredAfterwards},
		{"an outbox of a lost laptop", recoveredFromALostLaptop},
		{"an outbox that was made up", madeUp},
		{"visits that were not finished", recoveredDrafts},
		{"work outside the worker's care", outside},
		{"a check of a place", checkOfAPlace},
		{"a child who moves away keeps her visits", movesAway},
		{"there and back again", thereAndBack},
		{"visits made before anyone could know", couldNotKnow},
		{"a household is where its members are", household},
		{"an area in conflict stays in both sights", bothSights},
		{"another role and other scopes", reassigned},
		{"news in small pages", smallPages},
		{"a line that joins later", laterLine},
		{"own operations are named", heard},
		{"what a role may not read", masked},
		{"enrolment codes", codes},
		{"an impostor", impostor},
		{"work done before enrolment", beforeEnrolment},
		{"answers are numbered", answers},
		{"a lease made longer", extended},
		{"packs", packs},
		{"the desk", desk},
		{"what laptops signed", proofs},
		{"what nobody signed", unproven},
		{"quarantine and release", quarantine},
		{"lists", lists},
		{"sequence order is commit order", commitOrder},
		{"two laptops write one record at once", atOnce},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // each has a database of its own
			c.test(found(t, open))
		})
	}
	t.Run("the register equals the reference", func(t *testing.T) {
		t.Parallel()
		reference(t, open)
	})
}
