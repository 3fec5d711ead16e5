using WsAot.Files;
using WsAot.Routing;

namespace WsAot.Http;

/// <summary>The files that an application has added. Does not change once the server is built.</summary>
internal sealed class HttpFiles : IHttpFiles
{
    private readonly List<FileMount> _mounts = [];      // the longest path first

    /// <exception cref="ArgumentException">The path already has files.</exception>
    public void Add(FileMount mount)
    {
        if (_mounts.Exists(other => other.Prefix.Equals(mount.Prefix))) throw new ArgumentException("Files are already at that path.");
        _mounts.Add(mount);
        _mounts.Sort(static (left, right) => right.Prefix.AsWsPath().Count - left.Prefix.AsWsPath().Count);
    }

    /// <inheritdoc/>
    public bool TryAnswer(HttpConnection connection, ReadOnlySpan<byte> head, RequestPath path)
    {
        if (_mounts.Find(mount => mount.Covers(path)) is not { } files) return false;
        connection.AnswerFile(head, files, path);
        return true;
    }

    /// <inheritdoc/>
    public void Send(HttpConnection connection) => connection.SendFile();
}
