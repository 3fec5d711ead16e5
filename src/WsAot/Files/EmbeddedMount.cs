using System.Collections.Concurrent;
using System.Reflection;
using WsAot.Routing;

namespace WsAot.Files;

/// <summary>Files that are embedded in an assembly. They are in the program's memory, so they are read on the loop.</summary>
internal sealed class EmbeddedMount : FileMount
{
    private readonly Assembly _assembly;
    private readonly Dictionary<string, string> _resources = [];
    private readonly HashSet<string> _folders = [];
    private readonly ConcurrentDictionary<string, string> _tags = new();

    /// <exception cref="ArgumentException">No resource has the prefix.</exception>
    public EmbeddedMount(RequestPath prefix, Assembly assembly, string resourcePrefix, WsFileOptions options)
        : base(prefix, options)
    {
        _assembly = assembly;
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(resourcePrefix, StringComparison.Ordinal)) continue;
            // On Windows, MSBuild writes RecursiveDir with backslashes.
            string name = resource[resourcePrefix.Length..].Replace('\\', '/').TrimStart('/');
            _resources.TryAdd(name, resource);
            for (int slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1)) _folders.Add(name[..slash]);
        }

        if (_resources.Count > 0) return;
        throw new ArgumentException(
            $"No resource of {assembly.GetName().Name} starts with '{resourcePrefix}'. Set LogicalName of EmbeddedResource to "
            + "web/%(RecursiveDir)%(Filename)%(Extension), for example, and use 'web/' as the prefix.",
            nameof(resourcePrefix));
    }

    public override ValueTask<T> Run<T>(Func<T> work) => new(work());

    protected override bool HasFolder(string name) => _folders.Contains(name);

    protected override Stream? TryOpen(string name) =>
        _resources.TryGetValue(name, out string? resource) ? _assembly.GetManifestResourceStream(resource) : null;

    // Computed at the first use. 64 bits are enough: the application's own files are not built to collide.
    protected override string TagOf(string name, Stream content)
    {
        if (_tags.TryGetValue(name, out string? known)) return known;
        string tag = $"{Hash(content):x16}-{content.Length:x}";
        content.Position = 0;
        _tags[name] = tag;
        return tag;
    }

    /// <summary>FNV-1a.</summary>
    private static ulong Hash(Stream content)
    {
        ulong hash = 14695981039346656037;
        Span<byte> piece = stackalloc byte[1024];
        for (int read = content.Read(piece); read > 0; read = content.Read(piece))
        {
            foreach (byte value in piece[..read]) hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
