import unittest


class T(unittest.TestCase):
    def test_a(self):
        self.assertEqual([1, 2], [1, 3])

    def test_b(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertTrue(i < 2)

    @unittest.skip("no")
    def test_c(self):
        pass

    @unittest.expectedFailure
    def test_d(self):
        1 / 0

    def test_e(self):
        self.assertRaisesRegex(ValueError, "x", int, "y")

    def test_f(self):
        raise KeyError("k")


unittest.main(verbosity=2)
