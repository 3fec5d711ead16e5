using System.Text.Encodings.Web;
using System.Text.Json;

namespace WsAot.Describing;

/// <summary>
/// Merges the OpenRPC documents of several assemblies. Title and version come from the first. Every method names its server. A method whose
/// name is taken is renamed to <c>/route#Name</c>, as within one assembly.
/// </summary>
internal sealed class OpenRpcMerge
{
    private const string Methods = "methods";
    private const string ClientMethods = "x-clientMethods";
    private const string Topics = "x-topics";
    private const string Servers = "servers";
    private const string Name = "name";
    private const string WireName = "x-name";

    private readonly Utf8JsonWriter _writer;
    private readonly JsonElement[] _documents;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private OpenRpcMerge(Utf8JsonWriter writer, JsonElement[] documents) => (_writer, _documents) = (writer, documents);

    public static byte[] Merge(byte[][] texts)
    {
        var output = new MemoryStream();
        JsonDocument[] documents = [.. texts.Select(static text => JsonDocument.Parse(text))];
        // The relaxed escaping is safe, because the document is printed and not embedded in a page.
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(output, options))
        {
            new OpenRpcMerge(writer, [.. documents.Select(static document => document.RootElement)]).Write();
        }

        foreach (JsonDocument document in documents) document.Dispose();
        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private void Write()
    {
        _writer.WriteStartObject();
        _documents[0].GetProperty("openrpc"u8).WriteTo(Named("openrpc"));
        _documents[0].GetProperty("info"u8).WriteTo(Named("info"));
        JsonElement[] servers = [.. All(Servers).Select(static server => server.Value)];
        if (servers.Length > 0) WriteArray(Servers, servers, static (writer, server) => server.WriteTo(writer));
        (JsonElement Document, JsonElement Value)[] clientMethods = [.. All(ClientMethods)];
        WriteArray(Methods, All(Methods), (_, method) => WriteMethod(method.Document, method.Value, isUnique: true));
        if (clientMethods.Length > 0)
        {
            WriteArray(ClientMethods, clientMethods, (_, method) => WriteMethod(method.Document, method.Value, isUnique: false));
        }

        (JsonElement Document, JsonElement Value)[] topics = [.. All(Topics)];
        if (topics.Length > 0)
        {
            WriteArray(Topics, topics, (_, topic) => WriteMethod(topic.Document, topic.Value, isUnique: false));
        }

        WriteSchemas();
        _writer.WriteEndObject();
    }

    private IEnumerable<(JsonElement Document, JsonElement Value)> All(string array) =>
        from document in _documents
        where document.TryGetProperty(array, out _)
        from value in document.GetProperty(array).EnumerateArray()
        select (document, value);

    // isUnique: no other method has this name.
    private void WriteMethod(JsonElement document, JsonElement method, bool isUnique)
    {
        // A document with one server does not repeat the server in each method.
        JsonElement servers = method.TryGetProperty(Servers, out JsonElement own) ? own : document.GetProperty(Servers);
        string name = method.GetProperty(Name).GetString()!;
        string? wireName = method.TryGetProperty(WireName, out JsonElement wire) ? wire.GetString() : null;
        if (isUnique && !_names.Add(name))
        {
            wireName ??= name;
            _names.Add(name = $"{servers[0].GetProperty("x-route"u8).GetString()}#{wireName}");
        }

        _writer.WriteStartObject();
        _writer.WriteString(Name, name);
        if (wireName is not null) _writer.WriteString(WireName, wireName);
        servers.WriteTo(Named(Servers));
        foreach (JsonProperty property in method.EnumerateObject())
        {
            if (property.Name is not (Name or WireName or Servers)) property.WriteTo(_writer);
        }

        _writer.WriteEndObject();
    }

    private void WriteSchemas()
    {
        var schemas = new SortedDictionary<string, (JsonElement Schema, JsonElement Document)>(StringComparer.Ordinal);
        foreach (JsonElement document in _documents.Where(static document => document.TryGetProperty("components"u8, out _)))
        {
            foreach (JsonProperty schema in document.GetProperty("components"u8).GetProperty("schemas"u8).EnumerateObject())
            {
                if (schemas.TryAdd(schema.Name, (schema.Value, document))) continue;
                (JsonElement known, JsonElement first) = schemas[schema.Name];
                if (known.GetRawText() == schema.Value.GetRawText()) continue;
                throw DescriptionMerge.DifferentTypes(schema.Name, Title(first), Title(document));
            }
        }

        if (schemas.Count == 0) return;
        _writer.WriteStartObject("components"u8);
        _writer.WriteStartObject("schemas"u8);
        foreach ((string name, (JsonElement schema, _)) in schemas) schema.WriteTo(Named(name));
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteArray<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        _writer.WriteStartArray(name);
        foreach (T item in items) write(_writer, item);
        _writer.WriteEndArray();
    }

    private Utf8JsonWriter Named(string name)
    {
        _writer.WritePropertyName(name);
        return _writer;
    }

    private static string Title(JsonElement document) => document.GetProperty("info"u8).GetProperty("title"u8).GetString()!;
}
