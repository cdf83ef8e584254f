public import Foundation

/// Why a collector can't work: what is wrong, where, and what to do.
public enum CollectorError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The database can't be opened or worked with.
  case database(path: String, reason: String)
  /// The database holds another study, or this one as it was before its definition was changed.
  case otherStudy(path: String, found: String, expected: String)
  /// An address that can't be listened at.
  case address(host: String, port: Int, reason: String)
  /// A setting that makes no sense.
  case setting(String)

  /// `can't keep answers in study.sqlite: the folder is on a network file system (nfs)`
  public var description: String {
    switch self {
    case .database(let path, let reason): "can't keep answers in \(path): \(reason)"
    case .otherStudy(let path, let found, let expected):
      "\(path) holds answers to study \(found), not to \(expected); "
        + "the definition must not change once a study began: take another file for another study"
    case .address(let host, let port, let reason): "can't listen at \(host), port \(port): \(reason)"
    case .setting(let reason): reason
    }
  }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
