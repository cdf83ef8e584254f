/// What this build calls itself.
public enum Version {
  /// The version of Vitrine, for records and pages.
  public static let vitrine = "0.1.0"
  /// The version of the numerics, part of every identity: raised when the same recipe would give other pixels.
  public static let numerics = 1
}
