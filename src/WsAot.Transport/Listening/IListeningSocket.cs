using System.Net;

namespace WsAot.Transport.Listening;

/// <summary>A listening socket that does not accept connections yet.</summary>
internal interface IListeningSocket
{
    /// <summary>Its address, with its real port.</summary>
    EndPoint EndPoint { get; }

    /// <summary>Starts to accept connections.</summary>
    void Begin();

    /// <summary>Closes it, instead of <see cref="Begin"/>.</summary>
    void Cancel();
}
