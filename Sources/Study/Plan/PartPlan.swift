/// The trials of one part for each row.
struct PartPlan {
  private let part: StudyPart
  private let shuffle: PlanShuffle
  /// Orders of the main trials, and of the methods on one screen.
  private let orders: [[Int]]
  private let screens: [[Int]]
  /// Each item's place in the rotations, so that neighbours in the definition needn't be neighbours there.
  private let ranks: [Int]

  init(_ part: StudyPart, _ shuffle: PlanShuffle) {
    self.part = part
    self.shuffle = shuffle
    orders = BalancedSquare(part.items.count * (part.arrangement == .crossed ? part.methods.count : 1)).orders
    screens = BalancedSquare(part.methods.count).orders
    ranks = shuffle.permutation(part.items.count, "\(part.name)/ranks")
  }

  /// The trials of a row, from 0, without identities: practice, then the main ones with catch trials and repeats among them.
  func trials(row: Int) -> [StudyPlan.Trial] {
    let main = mainTrials(row)
    let catches = catchPlaces(row, among: main.count)
    let repeats = repeatPlaces(among: main.count)
    var trials = part.practice.indices.map { side(.practice, $0, row) }
    for (place, trial) in main.enumerated() {
      if let number = catches[place] { trials.append(side(.catch, number, row)) }
      trials.append(trial.trial)
      if let original = repeats[place] { trials.append(repeated(main[original], row)) }
    }
    return trials
  }

  /// A main trial with what it was made of.
  private struct Main {
    let trial: StudyPlan.Trial
    let item: Int
  }

  private func name(_ text: String) -> String { "\(part.name)/\(text)" }

  private func mainTrials(_ row: Int) -> [Main] {
    let block = row / orders.count
    let order = orders[shuffle.variant(row: row, of: orders.count, name("order"))]
    // Each block of rows is a whole square, with the trials named anew, so that the order isn't the same in all blocks.
    let named = shuffle.permutation(order.count, name("names/\(block)"))
    return order.map { number in
      let unit = named[number]
      let (item, method) =
        part.arrangement == .crossed
        ? (unit / part.methods.count, unit % part.methods.count) : (unit, 0)
      return Main(trial: trial(item: item, crossed: method, row), item: item)
    }
  }

  private func trial(item: Int, crossed: Int, _ row: Int, isAgain: Bool = false) -> StudyPlan.Trial {
    let count = part.methods.count
    let rank = ranks[item]
    // The screen, or the method with the side of the right answer, runs through all that there are in each block of rows.
    let variants =
      switch part.task {
      case .rating: screens.count
      case .word: count
      case .choice: 2 * count
      }
    let variant = shuffle.variant(row: row, of: variants, name("variant"))
    let methods: [Int]
    let turn: Int
    switch part.arrangement {
    case .together:
      methods = screens[(variant + rank + (isAgain ? 1 : 0)) % screens.count]
      turn = 0
    case .rotated:
      methods = [(variant + rank) % count]
      turn = variant / count + rank / count
    case .crossed:
      methods = [crossed]
      turn = variant + rank + crossed
    case .between:
      methods = [variant % count]
      turn = variant / count + rank
    }
    var trial = StudyPlan.Trial(
      id: "", part: part.name, kind: isAgain ? .repeat : .main, item: part.items[item].name,
      methods: methods.map { part.methods[$0] })
    if part.task == .choice {
      let queries = part.items[item].queries.count
      trial.query = (shuffle.variant(row: row, of: queries, name("query")) + rank + crossed) % queries
      trial.strongPosition = 1 + (turn + (isAgain ? 1 : 0)) % 2
    }
    return trial
  }

  /// The same trial with the pictures at other places, so that not a place but a picture is remembered.
  private func repeated(_ main: Main, _ row: Int) -> StudyPlan.Trial {
    let method = part.methods.firstIndex(of: main.trial.methods[0]) ?? 0
    return trial(
      item: main.item, crossed: part.arrangement == .crossed ? method : 0, row, isAgain: true)
  }

  /// A practice or catch trial.
  private func side(_ kind: TrialKind, _ number: Int, _ row: Int) -> StudyPlan.Trial {
    let item = part.items(of: kind)[number]
    let screens = BalancedSquare(item.stimuli.count).orders
    let variant = shuffle.variant(row: row, of: 2 * screens.count, name(kind.rawValue)) + number
    var trial = StudyPlan.Trial(
      id: "", part: part.name, kind: kind, item: item.name,
      methods: screens[variant % screens.count].map { item.stimuli[$0].method })
    if part.task == .choice {
      trial.query = shuffle.variant(row: row, of: item.queries.count, name("\(kind.rawValue)/query"))
      trial.strongPosition = 1 + variant / screens.count % 2
    }
    return trial
  }

  /// Before which main trials a catch trial stands: one in each of as many stretches of equal length, never at the start.
  /// There are fewer catch trials than main ones.
  private func catchPlaces(_ row: Int, among count: Int) -> [Int: Int] {
    let catches = part.catches.count
    guard catches > 0 else { return [:] }
    let first = shuffle.variant(row: row, of: catches, name("catches"))
    var places: [Int: Int] = [:]
    for stretch in 0..<catches {
      let start = 1 + stretch * (count - 1) / catches
      let end = 1 + (stretch + 1) * (count - 1) / catches
      let place = start + shuffle.number(below: end - start, name("catch/\(row)/\(stretch)"))
      places[place] = (first + stretch) % catches
    }
    return places
  }

  /// After which main trials which others are shown again. The originals stand at fixed places of the first half: as each
  /// target stands there equally often, each is repeated equally often.
  private func repeatPlaces(among count: Int) -> [Int: Int] {
    var places: [Int: Int] = [:]
    let half = count / 2
    for number in 0..<part.repeats {
      places[half + (number + 1) * (count - half) / part.repeats - 1] = number * half / part.repeats
    }
    return places
  }
}
