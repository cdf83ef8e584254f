import Foundation
import Support

/// The folder of a study: `study.json` says what it is, `plan.json` who sees what.
public struct StudyFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// The folder at a path.
  public init(path: String) { self.path = path }

  /// The definition's file.
  public var definitionPath: String { (path as NSString).appendingPathComponent("study.json") }
  /// The plan's file.
  public var planPath: String { (path as NSString).appendingPathComponent("plan.json") }
  /// The answers' file.
  public var answersPath: String { (path as NSString).appendingPathComponent("answers.sqlite") }
  /// The folder of the results.
  public var resultsPath: String { (path as NSString).appendingPathComponent("results") }
  /// The folder of the pictures.
  public var picturesPath: String { (path as NSString).appendingPathComponent("pictures") }
  /// The file of a picture by its SHA-256.
  public func picturePath(_ digest: String) -> String { picturesPath + "/\(digest).png" }

  /// Reads both and makes sure that they belong together. Throws ``StudyError`` or ``FileError``.
  public func read() throws -> (definition: StudyDefinition, plan: StudyPlan) {
    let definition = try StudyDefinition(json: data(definitionPath), place: definitionPath)
    return (definition, try StudyPlan(json: data(planPath), of: definition, place: planPath))
  }

  /// Writes both. Throws ``StudyError`` or ``FileError``.
  public func write(_ definition: StudyDefinition, _ plan: StudyPlan) throws {
    try AtomicFile.write(try definition.canonicalJSON() + "\n", to: definitionPath)
    try plan.write(to: planPath)
  }

  private func data(_ path: String) throws(FileError) -> Data {
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { Data(file.bytes) }
  }
}
