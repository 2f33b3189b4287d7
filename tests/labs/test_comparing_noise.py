"""The noise of the comparison is OpenDP's: fresh each time, of the scale that the ledger names."""

from modules.comparing import noise
from modules.comparing.ledger import BANDS, EPSILON


def test_the_cost_that_opendp_counts_for_one_body_replaced_is_the_one_in_the_ledger():
    drawn = noise.draw([0, 1, 2, 3] * 3)
    assert drawn.epsilon == EPSILON
    assert drawn.method["bodies"] == 12
    assert len(drawn.counts) == len(BANDS)


def test_two_draws_of_the_same_bodies_differ_and_lie_about_the_truth():
    bands = [0] * 10 + [3] * 30
    drawn = [noise.draw(bands).counts for _ in range(200)]
    assert len(set(drawn)) > 50
    for band, truth in enumerate((10, 0, 0, 30)):
        found = [counts[band] for counts in drawn]
        assert abs(sum(found) / len(found) - truth) < 1
        # Laplace noise of scale 1 is nought in fewer than half of all draws.
        assert 40 < sum(one != truth for one in found) < 190
