using System.Net.Sockets;
using System.Text;

namespace WsAot.TestKit.Sockets;

/// <summary>The socket of a service manager (sd_notify(3)).</summary>
public sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[4096];
    private readonly DirectoryInfo? _folder;

    /// <param name="isAbstract">Whether it has a name instead of a path.</param>
    public NotifySocket(bool isAbstract = false)
    {
        if (!isAbstract) _folder = Directory.CreateTempSubdirectory("wsaot-notify-");
        Name = isAbstract ? $"@wsaot-{Guid.NewGuid():n}" : Path.Combine(_folder!.FullName, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + Name[1..] : Name));
    }

    /// <summary>The value of NOTIFY_SOCKET.</summary>
    public string Name { get; }

    /// <summary>The next message; null if there is none. A message is there as soon as the sender's call has returned.</summary>
    public string? TryReceive() => _socket.Available > 0 ? Encoding.UTF8.GetString(_buffer, 0, _socket.Receive(_buffer)) : null;

    /// <summary>Waits for the next message.</summary>
    public async Task<string> ReceiveAsync(CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(_buffer, 0, await _socket.ReceiveAsync(_buffer, cancellationToken));

    public void Dispose()
    {
        _socket.Dispose();
        _folder?.Delete(recursive: true);
    }
}
