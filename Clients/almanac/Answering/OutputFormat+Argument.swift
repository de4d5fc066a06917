import AlmanacClient
import ArgumentParser

extension OutputFormat: ExpressibleByArgument {}
