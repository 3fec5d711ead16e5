using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WsAot.Transport;

/// <summary>
/// The name of a Unix domain socket: a file, or an abstract name, which needs no file and disappears with its listener. Linux only.
/// </summary>
public sealed class UnixEndPoint : EndPoint
{
    /// <summary>The most bytes that a name may have in UTF-8.</summary>
    public const int MaxBytes = 107;

    /// <summary>Creates an address from a name.</summary>
    /// <param name="name">The path of the file, or <c>@</c> and an abstract name: 2 to 107 bytes in UTF-8, without a NUL.</param>
    /// <exception cref="ArgumentException">The name is too short or too long, or has a NUL.</exception>
    public UnixEndPoint(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        if (Encoding.UTF8.GetByteCount(name) is < 2 or > MaxBytes || name.Contains('\0'))
        {
            throw new ArgumentException($"The name of a Unix socket has 2 to {MaxBytes} bytes.", nameof(name));
        }
    }

    /// <summary>The path, or <c>@</c> and an abstract name.</summary>
    public string Name { get; }

    /// <summary>Whether the name is abstract: there is no file.</summary>
    public bool IsAbstract => Name[0] == '@';

    /// <inheritdoc/>
    public override AddressFamily AddressFamily => AddressFamily.Unix;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UnixEndPoint other && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns <c>unix:</c> and the name.</summary>
    public override string ToString() => "unix:" + Name;
}
