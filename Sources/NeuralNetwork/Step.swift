import CKernels
import COneDNN

/// One thing to do in a planned run; 0 if it went well, oneDNN's status otherwise.
struct Step {
  let node: String
  /// What does it, for profiles.
  let detail: String
  let run: () -> Int32

  init(_ node: String, _ detail: String = "", _ run: @escaping () -> Int32) {
    self.node = node
    self.detail = detail
    self.run = run
  }

  /// A step that can't fail.
  init(_ node: String, _ detail: String = "", always run: @escaping () -> Void) {
    self.node = node
    self.detail = detail
    self.run = {
      run()
      return 0
    }
  }
}

extension [Step] {
  /// Runs all steps in order.
  func run() throws(NetworkError) {
    for step in self {
      let status = step.run()
      guard status == 0 else {
        throw .kernel(node: step.node, reason: String(cString: vdnn_describe(status)))
      }
    }
  }
}

extension Step {
  /// Copies or adds a value to one of the same shape in any layout.
  static func transfer(
    _ source: Value, to destination: Value, accumulate: Bool, node: String
  ) throws(NetworkError) -> Step {
    if source.layout == destination.layout {
      let (from, to, count) = (source, destination, Int64(source.count))
      return Step(
        node, "transfer",
        always: {
          if accumulate {
            vitrine_accumulate(count, from.start, to.start)
          } else {
            vitrine_copy(count, from.start, to.start)
          }
        })
    }
    let primitive = try Primitive.reorder(source, destination, accumulate: accumulate, node: node)
    return Step(node, primitive.name) { [source, destination] in
      _ = (source.storage, destination.storage)
      return primitive.run()
    }
  }
}
