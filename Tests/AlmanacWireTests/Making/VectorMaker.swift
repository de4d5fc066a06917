/// Makes the contents of the vector files, from code; what refuses bytes is written by hand.
enum VectorMaker {
    static func make(_ name: String) throws -> VectorFile {
        switch name {
        case "primitives": PrimitiveVectors.file
        case "values": try ValueVectors.file()
        case "records": try RecordVectors.file()
        case "frames": FrameVectors.file
        case "messages": try MessageVectors.file()
        case "statements": try StatementVectors.file()
        case "operations": try OperationVectors.file()
        case "preimages": try PreimageVectors.file()
        default: try WindowVectors.file()
        }
    }
}
