using WsAot.Routing;

namespace WsAot.Files;

/// <summary>Files that are served below a path. Safe on any thread.</summary>
internal abstract class FileMount(RequestPath prefix, WsFileOptions options)
{
    private const string Index = "index.html";

    public RequestPath Prefix => prefix;

    public WsFileOptions Options => options;

    /// <summary>Whether a path is that of this mount, or below it.</summary>
    public bool Covers(RequestPath path)
    {
        WsPath ours = prefix.AsWsPath();
        WsPath theirs = path.AsWsPath();
        int count = FileNames.FolderCount(ours);
        if (theirs.Count < count) return false;
        for (int i = 0; i < count; i++)
        {
            if (!ours[i].SequenceEqual(theirs[i])) return false;
        }

        return true;
    }

    /// <summary>Opens the requested file.</summary>
    /// <returns>Null if there is none.</returns>
    public ValueTask<ServedFile?> OpenAsync(FileQuery query) => Run(() => Open(query));

    /// <summary>Runs work that may wait for a disk, on a thread that may wait.</summary>
    public abstract ValueTask<T> Run<T>(Func<T> work);

    /// <summary>Opens a file under exactly this name.</summary>
    /// <returns>Null if there is none.</returns>
    protected abstract Stream? TryOpen(string name);

    protected abstract bool HasFolder(string name);

    /// <summary>A strong tag of the content, without quotation marks (RFC 9110 section 8.8.3).</summary>
    protected abstract string TagOf(string name, Stream content);

    private ServedFile? Open(FileQuery query)
    {
        string name = query.Name;
        if (name == FileNames.Itself) return ServedFile.Folder;
        if (name.Length == 0 || name[^1] == '/') name += Index;
        else if (HasFolder(name)) return ServedFile.Folder;
        if (OpenBest(name, query) is { } file) return file;
        bool isPage = options.FallBackToIndex && !query.Name.AsSpan(query.Name.LastIndexOf('/') + 1).Contains('.');
        return isPage ? OpenBest(Index, query) : null;
    }

    private ServedFile? OpenBest(string name, FileQuery query)
    {
        // A compressed form is served only if the uncompressed file exists too.
        if (TryOpen(name) is not { } plain) return null;
        try
        {
            foreach ((string coding, string suffix) in query.Codings)
            {
                if (TryOpen(name + suffix) is not { } compressed) continue;
                plain.Dispose();
                return Serve(name, name + suffix, compressed, coding);
            }
        }
        catch
        {
            plain.Dispose();
            throw;
        }

        return Serve(name, name, plain, null);
    }

    private ServedFile Serve(string name, string storedName, Stream content, string? coding)
    {
        try
        {
            string tag = coding is null ? $"\"{TagOf(storedName, content)}\"" : $"\"{TagOf(storedName, content)}-{coding}\"";
            return new ServedFile(this, content, content.Length, ContentTypes.Of(name), tag, coding);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }
}
