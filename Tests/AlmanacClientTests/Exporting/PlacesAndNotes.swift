/// Two tables, one of which refers to the other from a stream of its own.
enum PlacesAndNotes {
    static func folder() throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        try folder.write(descriptor, to: "datapackage.json")
        try folder.write("key,name\na,=1+1\nb,\"tab\tand \u{1b}[31m\"\n../c,plain\n", to: "places.csv")
        try folder.write("key,place,other\nn1,a,b\nn2,../c,\n", to: "notes.csv")
        return folder
    }

    private static let descriptor = """
        {"name": "small", "almanac:openStreams": [], "resources": [
        {"name": "places", "path": "places.csv", "almanac:stream": "places", "schema": {"primaryKey": "key",
        "fields": [{"name": "key"}, {"name": "name"}]}},
        {"name": "notes", "path": "notes.csv", "almanac:stream": "notes", "schema": {"primaryKey": "key",
        "foreignKeys": [{"fields": "place", "reference": {"resource": "places", "fields": "key"}},
        {"fields": "other", "reference": {"resource": "places", "fields": "key"}}],
        "fields": [{"name": "key"}, {"name": "place", "constraints": {"required": true}}, {"name": "other"}]}}
        ]}
        """
}
