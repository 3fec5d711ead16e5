using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace WsAot.Native.Tests.Containers;

/// <summary>An image in an archive that <c>docker load</c> reads.</summary>
internal sealed class ImageArchive
{
    private readonly byte[][] _layers;

    private ImageArchive(JsonElement config, string[] tags, byte[][] layers)
    {
        Configuration = config;
        Tags = tags;
        _layers = layers;
        Files = [.. layers.SelectMany(static layer => Entries(layer)).Select(Describe).Order(StringComparer.Ordinal)];
    }

    /// <summary>The whole description of the image; what it starts is in its property <c>config</c>.</summary>
    public JsonElement Configuration { get; }

    public string[] Tags { get; }

    /// <summary>All that is in it: rights, owner, group, path.</summary>
    public string[] Files { get; }

    /// <summary>The bytes of its layers, unpacked.</summary>
    public long Size => _layers.Sum(static layer => (long)layer.Length);

    public static ImageArchive Read(string file)
    {
        Dictionary<string, byte[]> files = Entries(File.ReadAllBytes(file))
            .Where(static entry => entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            .ToDictionary(static entry => entry.Name, static entry => Content(entry));
        JsonElement image = Json(files["manifest.json"])[0];
        JsonElement config = Json(files[image.GetProperty("Config").GetString()!]);
        byte[][] layers = [.. Strings(image.GetProperty("Layers")).Select(layer => Unzip(files[layer]))];
        return new ImageArchive(config, Strings(image.GetProperty("RepoTags")), layers);
    }

    /// <summary>Unpacks it into an empty folder.</summary>
    public void Unpack(string folder)
    {
        foreach (byte[] layer in _layers)
        {
            using MemoryStream stream = new(layer);
            TarFile.ExtractToDirectory(stream, folder, overwriteFiles: false);
        }
    }

    public static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(static one => one.GetString()!)];

    private static List<TarEntry> Entries(byte[] tar)
    {
        using TarReader reader = new(new MemoryStream(tar));
        List<TarEntry> entries = [];
        while (reader.GetNextEntry(copyData: true) is { } entry) entries.Add(entry);
        return entries;
    }

    private static string Describe(TarEntry entry) =>
        $"{Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.Name}";

    private static byte[] Content(TarEntry entry)
    {
        using MemoryStream content = new();
        entry.DataStream?.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Unzip(byte[] layer)
    {
        // The first bytes of gzip.
        if (layer[0] != 0x1f || layer[1] != 0x8b) return layer;
        using MemoryStream unzipped = new();
        using (GZipStream gzip = new(new MemoryStream(layer), CompressionMode.Decompress)) gzip.CopyTo(unzipped);
        return unzipped.ToArray();
    }

    private static JsonElement Json(byte[] text) => JsonDocument.Parse(text).RootElement;
}
