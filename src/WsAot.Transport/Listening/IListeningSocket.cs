using System.Net;

namespace WsAot.Transport.Listening;

/// <summary>A socket that listens, and is not accepted from yet.</summary>
internal interface IListeningSocket
{
    /// <summary>Its address, with its real port.</summary>
    EndPoint EndPoint { get; }

    /// <summary>Has it accepted from.</summary>
    void Begin();

    /// <summary>Closes it in place of <see cref="Begin"/>.</summary>
    void Cancel();
}
