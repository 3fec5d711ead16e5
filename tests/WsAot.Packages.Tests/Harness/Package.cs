using System.IO.Compression;
using System.Xml.Linq;

namespace WsAot.Packages.Tests.Harness;

/// <summary>A package, opened.</summary>
internal sealed class Package
{
    private Package(string name, string[] files, XElement metadata)
    {
        Name = name;
        Files = files;
        Metadata = metadata;
    }

    /// <summary>The name of its file, without the version.</summary>
    public string Name { get; }

    /// <summary>What is in it, sorted, without what every package has.</summary>
    public string[] Files { get; }

    /// <summary>The element of its manifest that says what it is.</summary>
    public XElement Metadata { get; }

    /// <summary>What it depends on: the name, the range of versions, and what does or does not come along.</summary>
    public IEnumerable<string> Dependencies => All("dependency").Select(static dependency => string.Join(
        ' ', dependency.Attributes().Select(static attribute =>
            attribute.Name.LocalName is "include" or "exclude" ? $"({attribute.Name.LocalName} {attribute.Value})" : attribute.Value)));

    public string? this[string element] => All(element).SingleOrDefault()?.Value;

    public IEnumerable<XElement> All(string element) =>
        Metadata.Descendants().Where(descendant => descendant.Name.LocalName == element);

    public static Package Open(string file, string version)
    {
        using ZipArchive archive = ZipFile.OpenRead(file);
        ZipArchiveEntry manifest = archive.Entries.Single(static entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using Stream stream = manifest.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single(static element => element.Name.LocalName == "metadata");
        string[] files = [.. archive.Entries.Select(static entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal)];
        return new Package(Path.GetFileName(file).Replace("." + version, "", StringComparison.Ordinal), files, metadata);
    }

    // The manifest, and parts of the format.
    private static bool IsOurs(string file) =>
        !file.EndsWith(".nuspec", StringComparison.Ordinal)
        && !file.StartsWith("_rels/", StringComparison.Ordinal)
        && !file.StartsWith("package/", StringComparison.Ordinal)
        && file != "[Content_Types].xml";
}
