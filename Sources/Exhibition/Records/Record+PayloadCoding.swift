extension Record.Payload: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case references, attributions, visualization, circuit, served, concept, facets, interpolation,
      adversarial,
      accuracy, judgement
    case conceptMaps = "concept_maps"
  }

  /// Reads an object with one known key.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: container.codingPath, debugDescription: "a payload has exactly one known kind"))
    }
    self =
      switch key {
      case .references: .references(try container.decode(Record.References.self, forKey: key))
      case .attributions: .attributions(try container.decode(Record.Attributions.self, forKey: key))
      case .visualization: .visualization(try container.decode(Record.Visualization.self, forKey: key))
      case .circuit: .circuit(try container.decode(Record.Circuit.self, forKey: key))
      case .served: .served(try container.decode(Record.Served.self, forKey: key))
      case .concept: .concept(try container.decode(Record.Concept.self, forKey: key))
      case .conceptMaps: .conceptMaps(try container.decode(Record.ConceptMaps.self, forKey: key))
      case .facets: .facets(try container.decode(Record.Facets.self, forKey: key))
      case .interpolation:
        .interpolation(try container.decode(Record.Interpolation.self, forKey: key))
      case .adversarial: .adversarial(try container.decode(Record.Adversarial.self, forKey: key))
      case .accuracy: .accuracy(try container.decode(Record.Accuracy.self, forKey: key))
      case .judgement: .judgement(try container.decode(Record.Judgement.self, forKey: key))
      }
  }

  /// Writes an object with one key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .references(let value): try container.encode(value, forKey: .references)
    case .attributions(let value): try container.encode(value, forKey: .attributions)
    case .visualization(let value): try container.encode(value, forKey: .visualization)
    case .circuit(let value): try container.encode(value, forKey: .circuit)
    case .served(let value): try container.encode(value, forKey: .served)
    case .concept(let value): try container.encode(value, forKey: .concept)
    case .conceptMaps(let value): try container.encode(value, forKey: .conceptMaps)
    case .facets(let value): try container.encode(value, forKey: .facets)
    case .interpolation(let value): try container.encode(value, forKey: .interpolation)
    case .adversarial(let value): try container.encode(value, forKey: .adversarial)
    case .accuracy(let value): try container.encode(value, forKey: .accuracy)
    case .judgement(let value): try container.encode(value, forKey: .judgement)
    }
  }
}

extension Record {
  /// The payload of a visualization record.
  public var visualization: Visualization? {
    if case .visualization(let value) = payload { value } else { nil }
  }
  /// The payload of a references record.
  public var references: References? { if case .references(let value) = payload { value } else { nil } }
  /// The payload of a circuit record.
  public var circuit: Circuit? { if case .circuit(let value) = payload { value } else { nil } }
  /// The payload of a concept record.
  public var concept: Concept? { if case .concept(let value) = payload { value } else { nil } }
  /// The payload of a facets record.
  public var facets: Facets? { if case .facets(let value) = payload { value } else { nil } }
  /// The payload of an interpolation record.
  public var interpolation: Interpolation? {
    if case .interpolation(let value) = payload { value } else { nil }
  }
  /// The payload of an adversarial record.
  public var adversarial: Adversarial? { if case .adversarial(let value) = payload { value } else { nil } }
  /// The payload of an accuracy record.
  public var accuracy: Accuracy? { if case .accuracy(let value) = payload { value } else { nil } }
  /// The payload of a judgement record.
  public var judgement: Judgement? { if case .judgement(let value) = payload { value } else { nil } }
}
