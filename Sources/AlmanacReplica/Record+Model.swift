import AlmanacModel

/// In this module a record is the model's, not GRDB's class of that name.
typealias Record = AlmanacModel.Record
