/// A balanced Latin square (Williams 1949): orders of 0..<n in which each number stands at each place equally often and
/// follows each other number equally often.
struct BalancedSquare {
  /// The orders: n of them for an even n, 2n for an odd one, where each order comes reversed too.
  let orders: [[Int]]

  /// The square of n ≥ 1 numbers.
  init(_ n: Int) {
    // 0, 1, n-1, 2, n-2, …: the differences of neighbours are all different.
    let first = (0..<n).map { $0 % 2 == 1 ? ($0 + 1) / 2 : (n - $0 / 2) % n }
    let forward = (0..<n).map { shift in first.map { ($0 + shift) % n } }
    orders = n % 2 == 0 || n == 1 ? forward : forward + forward.map { Array($0.reversed()) }
  }
}
