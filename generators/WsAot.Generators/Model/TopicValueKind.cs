namespace WsAot.Generators.Model;

/// <summary>The types that a value in a topic's name can have.</summary>
internal enum TopicValueKind
{
    Text,
    Int32,
    Int64,
    Guid,
}
