using WsAot.Routing;

namespace WsAot.Files;

/// <summary>
/// The files of a folder, read when they are asked for: a large folder takes no memory, and changes are seen. What touches the disk runs on
/// the scheduler, which is that of the thread pool, since a disk may make it wait.
/// </summary>
internal sealed class FolderMount : FileMount
{
    private readonly string _root;
    private readonly TaskScheduler _scheduler;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public FolderMount(RequestPath prefix, string folder, WsFileOptions options, TaskScheduler scheduler)
        : base(prefix, options)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{Path.GetFullPath(folder)}'.");
        _root = RealPath.Of(Path.GetFullPath(folder)) ?? throw new DirectoryNotFoundException($"'{folder}' is a link that leads nowhere.");
        _scheduler = scheduler;
    }

    public override ValueTask<T> Run<T>(Func<T> work) =>
        new(Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler));

    protected override bool HasFolder(string name) => Find(name) is { } path && Directory.Exists(path);

    protected override Stream? TryOpen(string name)
    {
        if (Find(name) is not { } path || !FileType.IsFile(path)) return null;
        try
        {
            // No buffer: it is read in large pieces.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        // Another failure, such as no descriptor being left, is not "no such file": caches would keep that.
        catch (Exception exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Time and length, of the file that is open: one that is replaced meanwhile has another tag.
    protected override string TagOf(string name, Stream content) =>
        $"{File.GetLastWriteTimeUtc(((FileStream)content).SafeFileHandle).Ticks:x}-{content.Length:x}";

    /// <summary>Where the file really is; null if there is none within the folder.</summary>
    private string? Find(string name)
    {
        string? real = RealPath.Of(Path.Combine(_root, name));
        string inside = Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar;
        return real is not null && real.StartsWith(inside, StringComparison.Ordinal) ? real : null;
    }
}
