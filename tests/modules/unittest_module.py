"""unittest: results of tests that pass, fail and are skipped."""
import io
import unittest


class Case(unittest.TestCase):
    def test_ok(self):
        self.assertEqual(1, 1)
        with self.assertRaisesRegex(ValueError, "inv"):
            int("x")

    def test_fails(self):
        self.assertEqual([1, 2], [1, 3])

    @unittest.skip("why")
    def test_skip(self):
        pass


result = unittest.TextTestRunner(
    stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(Case))
assert result.testsRun == 3 and len(result.failures) == 1 and len(result.skipped) == 1
assert "First differing element 1:\n2\n3" in result.failures[0][1]
