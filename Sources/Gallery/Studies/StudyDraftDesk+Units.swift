import Exhibition
import Study

/// Parts about neurons: pictures beside the natural ones that excite them.
extension StudyDraftDesk {
  /// How many natural pictures stand beside those that are rated.
  private static let examples = 6

  /// Each method's picture of a neuron beside the parts of photographs that excite it most.
  func rating(units addresses: [String], _ part: Exhibition.StudyEntry.Part) -> Items {
    var main: [StudyItem] = []
    for address in addresses {
      guard let unit = unit(address, part) else { continue }
      main.append(
        StudyItem(
          name: address, target: unit.name, references: Array(unit.highest.prefix(Self.examples)),
          stimuli: part.methods.map { method in
            .init(method: method, pictures: picture(unit.subject, of: address, part, method: method))
          }))
    }
    func plain(_ title: String, _ number: Int) -> StudyItem? {
      let address = addresses[addresses.count - 1 - number % addresses.count]
      return unit(address, part).flatMap {
        plainRating($0, title: title, count: part.methods.count, number: number)
      }
    }
    return (
      main,
      (0..<part.catches).compactMap { plain("catch \($0 + 1)", part.practice + $0) },
      (0..<part.practice).compactMap { plain("practice \($0 + 1)", $0) }
    )
  }

  /// A trial whose right answer is plain: one of those that excite the neuron most, among those that excite it least.
  private func plainRating(_ unit: Unit, title: String, count: Int, number: Int) -> StudyItem? {
    let right = unit.highest.dropFirst(Self.examples)
    guard !right.isEmpty, unit.lowest.count >= count - 1 else {
      miss(
        "practice and catch trials of \(unit.name), which need \(Self.examples + 1) natural pictures or more")
      return nil
    }
    let first = StudyItem.Stimulus(
      method: "natural", pictures: [right[right.startIndex + number % right.count]], right: ["4", "5"])
    let others = (1..<max(2, count)).map { place in
      StudyItem.Stimulus(
        method: "natural-other-\(place)", pictures: [unit.lowest[(number + place) % unit.lowest.count]],
        right: ["1", "2"])
    }
    return StudyItem(
      name: title, target: unit.name, references: Array(unit.highest.prefix(Self.examples)),
      stimuli: [first] + others)
  }

  /// Two groups of pictures and two single ones (Borowski et al. 2021).
  func choosing(_ addresses: [String], _ part: Exhibition.StudyEntry.Part) -> Items {
    let size = part.pictures
    var main: [StudyItem] = []
    var side: [(name: String, highest: [String], lowest: [String])] = []
    for address in addresses {
      guard let unit = unit(address, part) else { continue }
      let record = catalogue.references(
        .studyUnit(study: entry.name, part: part.name, address: address), model: part.model)
      let highest = naturals(record, \.pictures, of: unit.name)
      let lowest = naturals(record, { $0.lowest ?? [] }, of: unit.name)
      guard record != nil else { continue }
      guard min(highest.count, lowest.count) >= size + part.pairs else {
        miss(
          "natural pictures of \(unit.name): there are \(min(highest.count, lowest.count)), and grids of \(size) with "
            + "\(part.pairs) pairs need \(size + part.pairs); write fewer \"pictures\", or add references")
        continue
      }
      let pairs = (size..<(size + part.pairs)).map { StudyItem.Query(strong: highest[$0], weak: lowest[$0]) }
      let stimuli = part.methods.map { method -> StudyItem.Stimulus in
        guard method != Exhibition.StudyEntry.Part.natural else {
          return .init(
            method: method, pictures: Array(highest.prefix(size)), opposites: Array(lowest.prefix(size)))
        }
        func grid(_ subject: Job.Subject) -> [String] {
          part.gridSeeds.flatMap { picture(subject, of: unit.name, part, method: method, seed: $0) }
        }
        return .init(method: method, pictures: grid(unit.subject), opposites: unit.opposite.map(grid) ?? [])
      }
      main.append(StudyItem(name: address, target: unit.name, stimuli: stimuli, queries: pairs))
      side.append((unit.name, highest, lowest))
    }
    guard !side.isEmpty else { return (main, [], []) }
    func plain(_ title: String, _ number: Int, isPractice: Bool) -> StudyItem {
      let unit = side[side.count - 1 - number % side.count]
      // Practice has queries of its own as far as there are; a catch trial asks for one of the group itself.
      let free = size + part.pairs + number
      let place = isPractice && free < min(unit.highest.count, unit.lowest.count) ? free : number % size
      return StudyItem(
        name: title, target: unit.name,
        stimuli: [
          .init(
            method: Exhibition.StudyEntry.Part.natural, pictures: Array(unit.highest.prefix(size)),
            opposites: Array(unit.lowest.prefix(size)))
        ],
        queries: [.init(strong: unit.highest[place], weak: unit.lowest[place])])
    }
    return (
      main,
      (0..<part.catches).map { plain("catch \($0 + 1)", $0, isPractice: false) },
      (0..<part.practice).map { plain("practice \($0 + 1)", $0, isPractice: true) }
    )
  }

  // MARK: Neurons

  /// A neuron with the natural pictures that the exhibition shows of it.
  private struct Unit {
    /// What rows call it.
    let name: String
    let subject: Job.Subject
    /// What is the less the more the neuron is excited.
    let opposite: Job.Subject?
    let highest: [String]
    let lowest: [String]
  }

  private func unit(_ address: String, _ part: Exhibition.StudyEntry.Part) -> Unit? {
    guard let target = catalogue.plan.units[.init(model: part.model, address: address)] else {
      miss("\(address), which \(part.model) doesn't know")
      return nil
    }
    let subject = Job.Subject(target)
    let record = catalogue.references(subject, model: part.model)
    let name = "\(part.model) \(target.address)"
    return Unit(
      name: name, subject: subject,
      opposite: catalogue.plan.units[.init(model: part.model, address: "-\(address)")].map {
        Job.Subject($0)
      },
      highest: naturals(record, \.pictures, of: name), lowest: naturals(record, { $0.lowest ?? [] }, of: name)
    )
  }
}
