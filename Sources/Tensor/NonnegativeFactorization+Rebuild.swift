import COpenBLAS

extension NonnegativeFactorization {
  /// Rows of weights times W, after each weight is scaled by its concept's amount: the features that are left when
  /// weights in [0, 1] dim the parts of one row of U.
  public func rebuild(_ weights: [Float], scaledBy amounts: [Float]) -> [Float] {
    precondition(amounts.count == rank && weights.count % rank == 0, "weights have an amount each")
    let count = weights.count / rank
    var scaled = weights
    for index in scaled.indices { scaled[index] *= amounts[index % rank] }
    var result = [Float](repeating: 0, count: count * columns)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(count), Int32(columns), Int32(rank), 1, scaled,
      Int32(rank),
      right, Int32(columns), 0, &result, Int32(columns))
    return result
  }
}
