using WsAot.Routing;

namespace WsAot.Files;

/// <summary>
/// The files of a folder, read at each request: a large folder takes no memory, and changes are visible at once. Work that touches the disk
/// may wait, so it runs on the scheduler, which is the thread pool's.
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
            // No buffer, because the file is read in large pieces.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        // Only a missing file may lead to 404, which caches keep; other failures, such as no descriptor left, must not.
        catch (Exception exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Time and length of the open file, so that a file that replaces it meanwhile has another tag.
    protected override string TagOf(string name, Stream content) =>
        $"{File.GetLastWriteTimeUtc(((FileStream)content).SafeFileHandle).Ticks:x}-{content.Length:x}";

    /// <summary>The path of the file without links; null if it does not exist or is outside the folder.</summary>
    private string? Find(string name)
    {
        string? real = RealPath.Of(Path.Combine(_root, name));
        string inside = Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar;
        return real is not null && real.StartsWith(inside, StringComparison.Ordinal) ? real : null;
    }
}
