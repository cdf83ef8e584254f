import Tensor
import Visualization

/// What this build calls itself.
public enum Version {
  /// The version of Vitrine, for records and pages.
  public static let vitrine = "0.1.0"
  /// The version of the numerics, part of every identity: raised when the same recipe would give other pixels, by more
  /// than the last digits of single precision, in which processors differ, too.
  public static let numerics = 1

  /// The version of the numerics by which settings are carried out, where it isn't the one for all.
  ///
  /// 2: pictures made as a spectrum, whose methods have a `size`, take the fast Fourier transform from
  /// ``FourierPlan/fastSize`` pixels on. Smaller ones are as before, and needn't be made anew.
  static func numerics(of settings: [String: SettingValue]) -> Int {
    if case .number(let size) = settings["size"], size >= Double(FourierPlan.fastSize) { return 2 }
    return numerics
  }
}
