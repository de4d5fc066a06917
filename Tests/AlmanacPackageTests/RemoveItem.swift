import Foundation

func removeItem(at path: String) throws { try FileManager.default.removeItem(atPath: path) }
