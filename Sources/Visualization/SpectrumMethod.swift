/// A method that fixes the magnitudes of a picture's spectrum to those of natural pictures, whatever they show. Who
/// makes several pictures may measure them once and share them in the requests.
public protocol SpectrumMethod: Method {
  /// Where the settings say that the magnitudes come from.
  var magnitudeSource: MagnitudeSource { get }
}

/// Where magnitudes come from.
public enum MagnitudeSource: Sendable, Equatable {
  /// Measured on natural pictures: the request's, or all of an exhibition.
  case references
  /// 1/f, without any picture.
  case inverseFrequency
  /// A file of NumPy's format, channels × rows × (columns/2 + 1).
  case file(String)

  /// The source that a setting names.
  public init(setting: String) {
    switch setting {
    case "references": self = .references
    case "1/f": self = .inverseFrequency
    default: self = .file(setting)
    }
  }
}
