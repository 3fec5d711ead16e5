namespace WsAot.Generators;

/// <summary>The names of the pipeline steps, with which tests check that unchanged steps are cached.</summary>
internal static class TrackingNames
{
    public const string Marked = "Marked";
    public const string Declarations = "Declarations";
    public const string Parse = "Parse";
    public const string Handlers = "Handlers";
    public const string Loggers = "Loggers";
    public const string MarkedClients = "MarkedClients";
    public const string Clients = "Clients";
    public const string MarkedTopics = "MarkedTopics";
    public const string Topics = "Topics";
    public const string TopicFile = "TopicFile";
    public const string Place = "Place";
    public const string Table = "Table";
    public const string Language = "Language";
    public const string File = "File";
    public const string Descriptions = "Descriptions";
    public const string Assembly = "Assembly";
    public const string DescriptionFile = "DescriptionFile";

    public static IReadOnlyList<string> All { get; } =
    [
        Marked, Declarations, Parse, Handlers, MarkedClients, Clients, Loggers, Place, Table, Language, File,
        Descriptions, Assembly, DescriptionFile, MarkedTopics, Topics, TopicFile,
    ];
}
