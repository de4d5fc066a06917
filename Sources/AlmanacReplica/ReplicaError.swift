import AlmanacModel

/// What can be wrong with a file of records.
public enum ReplicaError: Error, Equatable {
    /// The file holds what was never written into it; the text says where.
    case damaged(String)
    /// A file of a newer program.
    case newerFormat(found: Int, known: Int)
    /// A file of an older program, which has to be made anew.
    case olderFormat(path: String, found: Int)
    /// Not a file of this kind.
    case notAlmanac(path: String)
    /// There is no file yet.
    case missing(path: String)
    /// The file or its directory does not let itself be opened; the text is the system's.
    case cannotOpen(path: String, String)
    /// A delta does not fit what the replica holds; the text says where.
    case deltaDoesNotFit(String)
    /// A commit that the store cannot take; the text says why.
    case refused(String)
}

extension ReplicaError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .damaged(let what): "the local file is damaged: \(what)"
        case .newerFormat(let found, let known):
            "the local file has format \(found), and this program knows formats up to \(known): install a newer one"
        case .olderFormat(let path, let found):
            "\(path) has format \(found), that of a program before the first release: export the data with that program, found the "
                + "dataset anew and import them"
        case .notAlmanac(let path): "\(path) is not an Almanac file"
        case .missing(let path): "there is no file \(path)"
        case .cannotOpen(let path, let why): "\(path) cannot be opened: \(why)"
        case .deltaDoesNotFit(let what): "what was received does not fit the local copy: \(what)"
        case .refused(let what): what
        }
    }
}
