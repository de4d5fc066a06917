import AlmanacModel

/// The dataset is changed by curators and above, where they may read. Where a record is follows from its values: nobody moves it.
extension WritePermission {
    func checkDataset(_ change: ResolvedChange) throws(Refusal) {
        switch change {
        case .make(let collection, let stream, _):
            guard !stream.isWorking else { throw .misplaced(collection, stream) }
            try checkCurator(in: stream)
        case .edit(_, let stream, _), .delete(_, let stream): try checkCurator(in: stream)
        case .move(let record, _, _): throw .notByPeople(.move, record.collection)
        }
    }

    private func checkCurator(in stream: StreamName) throws(Refusal) {
        try need(.curator, to: .changeDataset)
        try checkReading(stream)
    }
}
