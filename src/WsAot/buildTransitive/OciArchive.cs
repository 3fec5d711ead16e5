using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes an image of some files without a base image: a tar file in the OCI layout, with the manifest that <c>docker load</c> reads. The
/// same files, properties and time give the same bytes. WsAot.OciArchive.targets compiles this class when it needs it.
/// </summary>
public sealed class WsAotWriteOciArchive : Task
{
    private const string Oci = "application/vnd.oci.image.";
    private const int TarBlock = 512;

    [Required]
    public string Archive { get; set; } = "";

    /// <summary>The files of the image; the metadata RelativePath is a file's path below the root.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>The path, below the root, of the file that the image starts.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>The architecture by Go's name, such as amd64.</summary>
    [Required]
    public string Architecture { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    [Required]
    public string Tag { get; set; } = "";

    [Required]
    public string User { get; set; } = "";

    /// <summary>Seconds since 1970; the time of the image and of its files.</summary>
    [Required]
    public string SourceDateEpoch { get; set; } = "";

    /// <summary>Variables, with the metadata Value.</summary>
    public ITaskItem[] Variables { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>Labels, with the metadata Value.</summary>
    public ITaskItem[] Labels { get; set; } = Array.Empty<ITaskItem>();

    /// <summary>Ports, with the metadata Type; tcp by default.</summary>
    public ITaskItem[] Ports { get; set; } = Array.Empty<ITaskItem>();

    public override bool Execute()
    {
        if (!long.TryParse(SourceDateEpoch, out long time) || time < 0 || time > 253402300799)
        {
            Log.LogError("SOURCE_DATE_EPOCH is '{0}'; it takes seconds since 1970.", SourceDateEpoch);
            return false;
        }

        var blobs = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        byte[] tar = Layer(time);
        byte[] layer = Compress(tar);
        byte[] config = Encoding.UTF8.GetBytes(Config(time, Digest(tar)));
        string layers = Descriptor("layer.v1.tar+gzip", layer, blobs);
        string manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + Oci + "manifest.v1+json\",\"config\":"
            + Descriptor("config.v1+json", config, blobs) + "},\"layers\":[" + layers + "}]}";
        string index = "{\"schemaVersion\":2,\"mediaType\":\"" + Oci + "index.v1+json\",\"manifests\":["
            + Descriptor("manifest.v1+json", Encoding.UTF8.GetBytes(manifest), blobs)
            + ",\"platform\":{\"architecture\":" + Text(Architecture) + ",\"os\":\"linux\"},\"annotations\":{"
            + "\"io.containerd.image.name\":" + Text(Repository + ":" + Tag)
            + ",\"org.opencontainers.image.ref.name\":" + Text(Tag) + "}}]}";
        string forDocker = "[{\"Config\":" + Text(Path(config)) + ",\"RepoTags\":[" + Text(Repository + ":" + Tag)
            + "],\"Layers\":[" + Text(Path(layer)) + "]}]";

        using var archive = new MemoryStream();
        AddFolder(archive, "blobs", time);
        AddFolder(archive, "blobs/sha256", time);
        foreach (KeyValuePair<string, byte[]> blob in blobs) Add(archive, blob.Key, blob.Value, "644", time);
        Add(archive, "index.json", Encoding.UTF8.GetBytes(index), "644", time);
        Add(archive, "manifest.json", Encoding.UTF8.GetBytes(forDocker), "644", time);
        Add(archive, "oci-layout", Encoding.UTF8.GetBytes("{\"imageLayoutVersion\":\"1.0.0\"}"), "644", time);
        End(archive);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Archive)));
        File.WriteAllBytes(Archive, archive.ToArray());
        Log.LogMessage(MessageImportance.High, "{0}:{1} -> {2}", Repository, Tag, System.IO.Path.GetFullPath(Archive));
        return !Log.HasLoggedErrors;
    }

    private byte[] Layer(long time)
    {
        using var tar = new MemoryStream();
        var folders = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<(string Path, string Source)> files = Files
            .Select(static file => (file.GetMetadata("RelativePath").Replace('\\', '/'), file.GetMetadata("FullPath")))
            .OrderBy(static file => file.Item1, StringComparer.Ordinal);
        foreach ((string path, string source) in files)
        {
            for (int slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                if (folders.Add(path.Substring(0, slash))) AddFolder(tar, path.Substring(0, slash), time);
            }

            Add(tar, path, File.ReadAllBytes(source), path == Executable ? "755" : "644", time);
        }

        End(tar);
        return tar.ToArray();
    }

    private string Config(long time, string diffId)
    {
        string created = Text(DateTimeOffset.FromUnixTimeSeconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        string program = Text("/" + Executable);
        IEnumerable<string> ports = Ports.Select(static port =>
            Text(port.ItemSpec + "/" + (port.GetMetadata("Type") is { Length: > 0 } type ? type : "tcp")) + ":{}");
        // OCI defines no health check, but Docker reads this one. The times are in nanoseconds.
        return "{\"created\":" + created + ",\"architecture\":" + Text(Architecture) + ",\"os\":\"linux\",\"config\":{"
            + "\"User\":" + Text(User) + ",\"ExposedPorts\":{" + string.Join(",", ports)
            + "},\"Env\":[" + string.Join(",", Variables.Select(static one => Text(one.ItemSpec + "=" + one.GetMetadata("Value"))))
            + "],\"Entrypoint\":[" + program + "],\"WorkingDir\":\"/\",\"Labels\":{"
            + string.Join(",", Labels.Select(static one => Text(one.ItemSpec) + ":" + Text(one.GetMetadata("Value"))))
            + "},\"StopSignal\":\"SIGTERM\",\"Healthcheck\":{\"Test\":[\"CMD\"," + program + ",\"--healthcheck\"],"
            + "\"Interval\":10000000000,\"Timeout\":3000000000,\"StartPeriod\":5000000000,\"Retries\":3}},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + diffId + "\"]},"
            + "\"history\":[{\"created\":" + created + ",\"created_by\":\"dotnet publish -t:WsAotOciArchive\"}]}";
    }

    /// <returns>A JSON object without its closing brace, so that the caller can add members.</returns>
    private static string Descriptor(string kind, byte[] blob, SortedDictionary<string, byte[]> blobs)
    {
        blobs[Path(blob)] = blob;
        return "{\"mediaType\":\"" + Oci + kind + "\",\"digest\":\"" + Digest(blob) + "\",\"size\":" + blob.Length;
    }

    private static string Path(byte[] blob) => "blobs/" + Digest(blob).Replace(':', '/');

    private static string Digest(byte[] blob)
    {
        using var sha256 = SHA256.Create();
        return "sha256:" + string.Concat(sha256.ComputeHash(blob).Select(static one => one.ToString("x2")));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes, 0, bytes.Length);
        return compressed.ToArray();
    }

    private static string Text(string value) => "\"" + string.Concat(value.Select(static one =>
        one is '"' or '\\' ? "\\" + one : one < ' ' ? "\\u" + ((int)one).ToString("x4") : one.ToString())) + "\"";

    private void AddFolder(Stream tar, string path, long time) => AddHeader(tar, path + "/", 0, "755", '5', time);

    private void Add(Stream tar, string path, byte[] content, string mode, long time)
    {
        AddHeader(tar, path, content.Length, mode, '0', time);
        tar.Write(content, 0, content.Length);
        tar.Write(new byte[TarBlock], 0, (TarBlock - (content.Length % TarBlock)) % TarBlock);
    }

    private static void End(Stream tar) => tar.Write(new byte[TarBlock * 2], 0, TarBlock * 2);

    // The header of POSIX's ustar. Root owns all files, so that the program cannot change itself.
    private void AddHeader(Stream tar, string path, long size, string mode, char type, long time)
    {
        byte[] name = Encoding.UTF8.GetBytes(path);
        if (name.Length > 100) Log.LogError("'{0}' is longer than the 100 bytes that a path in an image may have here.", path);
        byte[] header = new byte[TarBlock];
        Array.Copy(name, header, Math.Min(name.Length, 100));
        Put(header, 100, mode.PadLeft(7, '0'));
        Put(header, 108, "0000000");
        Put(header, 116, "0000000");
        Put(header, 124, Convert.ToString(size, 8).PadLeft(11, '0'));
        Put(header, 136, Convert.ToString(time, 8).PadLeft(11, '0'));
        Put(header, 148, "        " + type);
        Put(header, 257, "ustar\0" + "00");
        Put(header, 148, Convert.ToString(header.Sum(static one => one), 8).PadLeft(6, '0') + "\0");
        tar.Write(header, 0, TarBlock);
    }

    private static void Put(byte[] header, int offset, string text) => Encoding.ASCII.GetBytes(text, 0, text.Length, header, offset);
}
