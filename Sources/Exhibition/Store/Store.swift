public import Foundation
import Support

/// Artifacts on disk, addressed by the identity of the job that made them.
///
/// An entry is the folder `ab/cdef…` of `record.json` and files. It is written under a temporary name in the
/// same place, synced and renamed, so it appears whole or not at all; it counts only if its record is there
/// and its files agree with it. No locks: two runs that do the same work end with one entry.
public struct Store: Sendable {
  /// The store's folder.
  public let folder: String

  /// A store at a folder, which is made when something is first written.
  public init(folder: String) { self.folder = folder }

  /// The folder of an entry, whether it exists or not.
  public func path(of identity: String) -> String {
    "\(folder)/\(identity.prefix(2))/\(identity.dropFirst(2))"
  }

  /// The path of an entry's file.
  public func path(of file: String, in identity: String) -> String { "\(path(of: identity))/\(file)" }

  /// What is known of a job.
  public enum State: Sendable, Equatable {
    /// Nothing is there.
    case missing
    /// Something is there that can't be trusted, and why.
    case damaged(String)
    /// The job was tried and failed.
    case failed(Record)
    /// The result is there.
    case done(Record)

    /// The record of a finished job.
    public var record: Record? { if case .done(let record) = self { record } else { nil } }
  }

  /// How closely files are compared with the record.
  public enum Scrutiny: Sendable {
    /// Sizes; and digests of files that are younger than their record, which a whole entry's never are.
    case quick
    /// Digests of all files.
    case full
  }

  /// Looks a job up.
  public func state(of identity: String, scrutiny: Scrutiny = .quick) -> State {
    state(of: identity, recipe: nil, scrutiny)
  }

  /// Looks many jobs up, on all cores.
  func states(of jobs: [Job], scrutiny: Scrutiny) -> [State] {
    Parallel.map(jobs.count) { state(of: jobs[$0].identity, recipe: jobs[$0].recipe, scrutiny) }
  }

  private func state(of identity: String, recipe: Record.Recipe?, _ scrutiny: Scrutiny) -> State {
    let recordPath = path(of: "record.json", in: identity)
    guard let written = FileStatus(path: recordPath) else {
      return FileStatus(path: path(of: identity)) == nil ? .missing : .damaged("it has no record")
    }
    let record: Record
    do {
      record = try Record(json: SmallFile.read(recordPath), recipe: recipe)
    } catch {
      return .damaged("its record can't be read")
    }
    guard record.identity == identity else { return .damaged("its record belongs to another job") }
    for (name, file) in record.files {
      if let fault = fault(of: file, named: name, in: identity, recordWritten: written.modified, scrutiny) {
        return .damaged(fault)
      }
    }
    if record.failure != nil { return .failed(record) }
    return record.payload == nil ? .damaged("its record says nothing") : .done(record)
  }

  /// The record of a finished job whose files are all there; `nil` otherwise.
  public func record(_ identity: String) -> Record? { state(of: identity).record }

  /// A file's bytes, compared with the record's digest. Throws ``StoreError`` if they don't agree.
  public func data(_ name: String, of record: Record) throws -> Data {
    let path = path(of: name, in: record.identity)
    guard let file = record.files[name] else {
      throw StoreError(path: path, reason: "the record doesn't name this file")
    }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw StoreError(path: path, reason: "it can't be read; run again to remake it")
    }
    guard data.count == file.bytes, Digest.sha256(data) == file.sha256 else {
      throw StoreError(path: path, reason: "its content differs from the record; run again with --verify")
    }
    return data
  }

  private func fault(
    of file: Record.File, named name: String, in identity: String, recordWritten: FileStatus.Time,
    _ scrutiny: Scrutiny
  ) -> String? {
    guard !name.contains("/"), name != "..", name != "." else { return "\(name) is no file name" }
    let path = path(of: name, in: identity)
    guard let status = FileStatus(path: path) else { return "\(name) is missing" }
    guard status.size == file.bytes else {
      return "\(name) has \(status.size) bytes instead of \(file.bytes)"
    }
    if scrutiny == .full || status.modified > recordWritten {
      guard (try? Digest.sha256(ofFile: path)) == file.sha256 else { return "\(name) has another content" }
    }
    return nil
  }
}

/// An entry of the store that can't be used.
public struct StoreError: Error, Equatable, CustomStringConvertible, LocalizedError {
  /// The path.
  public let path: String
  /// What is wrong and what to do.
  public let reason: String

  /// `store/ab/cdef/picture.png: …`
  public var description: String { "\(path): \(reason)" }
  /// The same as ``description``.
  public var errorDescription: String? { description }
}
