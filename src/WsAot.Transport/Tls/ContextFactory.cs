using System.Runtime.InteropServices;

namespace WsAot.Transport.Tls;

/// <summary>Creates contexts with our choice of protocols and ciphers, and answers OpenSSL's callbacks during a handshake.</summary>
internal static unsafe class ContextFactory
{
    /// <summary>
    /// Mozilla's intermediate list for TLS 1.2 without DHE, with which a client can make the server compute far more than the client itself
    /// does. The ciphers of TLS 1.3 are OpenSSL's.
    /// </summary>
    private static ReadOnlySpan<byte> Tls12Ciphers =>
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"u8
        + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305\0"u8;

    /// <summary>Clients get the chain in the file. By default, OpenSSL would build another one from the authorities of clients.</summary>
    private const nint Modes = OpenSsl.SSL_MODE_RELEASE_BUFFERS | OpenSsl.SSL_MODE_NO_AUTO_CHAIN;

    private static ReadOnlySpan<byte> Groups => "X25519:prime256v1:secp384r1\0"u8;

    /// <summary>OpenSSL 3.5 has a hybrid group that quantum computers cannot break.</summary>
    private static ReadOnlySpan<byte> GroupsWithHybrid => "X25519MLKEM768:X25519:prime256v1:secp384r1\0"u8;

    /// <param name="options">The versions, and whether clients have certificates.</param>
    /// <param name="server">The handle of the <see cref="OpenSslServer"/>.</param>
    public static nint Create(TlsServerOptions options, nint server)
    {
        nint context = OpenSsl.ContextNew(OpenSsl.ServerMethod());
        if (context == 0) throw OpenSslLibrary.Failure("start");
        nint oldest = options.MinVersion == TlsVersion.Tls13 ? OpenSsl.TLS1_3_VERSION : OpenSsl.TLS1_2_VERSION;
        _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_SET_MIN_PROTO_VERSION, oldest, null);
        // Use the client's order: phones without AES in their processor prefer ChaCha20.
        _ = OpenSsl.ContextSetOptions(context, OpenSsl.SSL_OP_NO_COMPRESSION | OpenSsl.SSL_OP_NO_RENEGOTIATION);
        _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_MODE, Modes, null);
        // OpenSSL reads several small records from the loop's buffer at a time, which saves two calls for each.
        _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_SET_READ_AHEAD, 1, null);
        _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_SET_SESS_CACHE_MODE, 0, null);
        _ = OpenSsl.ContextSetTicketCount(context, 1);
        fixed (byte* ciphers = Tls12Ciphers, groups = Groups, withHybrid = GroupsWithHybrid)
        {
            if (OpenSsl.ContextSetCipherList(context, ciphers) != 1) OpenSsl.ClearErrors();
            if (OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_SET_GROUPS_LIST, 0, withHybrid) != 1)
            {
                OpenSsl.ClearErrors();
                _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_SET_GROUPS_LIST, 0, groups);
            }
        }

        OpenSsl.ContextSetAlpnCallback(context, &OnAlpn, 0);
        _ = OpenSsl.ContextSetTicketCallback(context, &TicketKeys.OnTicket);
        delegate* unmanaged<nint, int*, nint, int> onName = &OnServerName;
        _ = OpenSsl.ContextSetCallback(context, OpenSsl.SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, onName);
        _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG, 0, (void*)server);
        return context;
    }

    /// <summary>A client names the protocols it speaks (RFC 7301): ours is among them, or the handshake fails.</summary>
    [UnmanagedCallersOnly]
    private static int OnAlpn(nint ssl, byte** chosen, byte* chosenLength, byte* offered, uint offeredLength, nint state)
    {
        ReadOnlySpan<byte> protocol = "http/1.1"u8;
        for (uint i = 0; i < offeredLength; i += 1u + offered[i])
        {
            if (i + 1 + offered[i] > offeredLength) break;
            if (!new ReadOnlySpan<byte>(offered + i + 1, offered[i]).SequenceEqual(protocol)) continue;
            *chosen = offered + i + 1;
            *chosenLength = offered[i];
            return OpenSsl.SSL_TLSEXT_ERR_OK;
        }

        return OpenSsl.SSL_TLSEXT_ERR_ALERT_FATAL;
    }

    [UnmanagedCallersOnly]
    private static int OnServerName(nint ssl, int* alert, nint server)
    {
        byte* name = OpenSsl.GetServerName(ssl, 0);
        if (name is not null && GCHandle.FromIntPtr(server).Target is OpenSslServer tls)
        {
            tls.ChooseCertificate(ssl, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        }

        return OpenSsl.SSL_TLSEXT_ERR_OK;
    }
}
