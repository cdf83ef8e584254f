import Synchronization
import Visualization

/// Magnitude spectra of natural pictures, measured once for all jobs of a run that have the same pictures. Workers on
/// several threads share a shelf; while one measures, others that want a spectrum wait.
final class SpectrumShelf: Sendable {
  private let known = Mutex<[String: MagnitudeSpectrum]>([:])

  /// What is known under a key, or else is measured now. A measurement that is cancelled ends with its error, and who
  /// waited for it begins anew, only to be cancelled as well.
  func spectrum(_ key: String, measure: () throws -> MagnitudeSpectrum) throws -> MagnitudeSpectrum {
    try known.withLock { known in
      if let spectrum = known[key] { return spectrum }
      let spectrum = try measure()
      known[key] = spectrum
      return spectrum
    }
  }
}
