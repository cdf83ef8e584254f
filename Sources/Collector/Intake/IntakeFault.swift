import GRDB
import Study

/// Why a request is refused, as a page is told. Nothing is changed by a refused request.
enum IntakeFault: Error, Equatable {
  /// It can't be understood.
  case malformed(place: String, reason: String)
  /// It is of another kind than the address takes.
  case mediaType(String)
  /// No participant has the token.
  case unknownToken
  /// The participant has withdrawn: nothing of theirs is kept any more.
  case withdrawn
  /// Another site, or none that is known, sent it.
  case origin
  /// A participant who came back isn't let in again.
  case blocked
  /// There is no such thing.
  case notFound(String)
  /// It contradicts what is kept.
  case conflict(place: String, reason: String)
  /// It is too large.
  case tooLarge(Int)
  /// The answer isn't one to a question of the participant's.
  case refused(place: String, reason: String)
  /// There were too many.
  case tooMany
  /// There is too much to do at the moment.
  case busy
  /// Nothing can be kept at the moment.
  case storage(String)
  /// The disk is full.
  case full

  init(_ error: StudyError) {
    switch error {
    case .malformed(let place, let reason): self = .malformed(place: place, reason: reason)
    case .refused(let place, let reason): self = .refused(place: place, reason: reason)
    case .otherStudy(let place, _, _): self = .conflict(place: place, reason: error.description)
    case .definition, .plan: self = .storage(error.description)
    }
  }

  init(_ error: DatabaseError) {
    self = error.resultCode == .SQLITE_FULL ? .full : .storage(error.message ?? "\(error.resultCode)")
  }
}
