using System.Text;
using WsAot.Files;
using WsAot.Logging;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot.Http;

/// <summary>Answers with a file: opens it and reads it piece by piece, on another thread if that can block.</summary>
internal sealed partial class HttpConnection
{
    /// <summary>Begins an answer with a file below a mount that covers the path. For <see cref="HttpFiles"/> alone.</summary>
    public void AnswerFile(ReadOnlySpan<byte> bytes, FileMount mount, RequestPath path)
    {
        var head = new RequestHead(bytes);
        if (!_isHead && !head.Method.SequenceEqual("GET"u8)) AnswerOther(head, PageMethods);
        else if (FileNames.Below(path, mount.Prefix) is not { } name) RefuseKept(404, "nothing is at that path", head);
        else AnswerFile(mount, new FileQuery(head, name), bytes.ToArray());
    }

    private async void AnswerFile(FileMount mount, FileQuery query, byte[] head)
    {
        _state = State.Opening;
        _http.Loop.Timers.Cancel(this);
        if (!_input.IsEmpty) _transport.PauseReading();
        ServedFile? file = null;
        bool hasFailed = false;
        _http.Loop.BeginWork();
        try
        {
            file = await mount.OpenAsync(query);
        }
        catch (Exception exception)
        {
            Log.AnswerFailed(Logger, exception, query.Name, RemoteEndPoint);
            hasFailed = true;
        }

        _http.Loop.EndWork();
        if (_transport.IsClosed) file?.Dispose();
        else if (hasFailed) RefuseKept(500, "the file cannot be read", new RequestHead(head));
        else if (file is null) RefuseKept(404, "nothing is at that path", new RequestHead(head));
        else if (file.IsFolder) Respond(301, "file", null, default, [new("Location", WithSlash(new RequestHead(head)))]);
        else Respond(file, mount.Options, query);
    }

    /// <summary>
    /// Adds a slash to the path, because relative links of a folder's page resolve within the folder only if its address ends with one.
    /// </summary>
    private static string WithSlash(RequestHead head)
    {
        string query = head.Query.IsEmpty ? "" : "?" + Encoding.ASCII.GetString(head.Query);
        return Encoding.ASCII.GetString(head.Path) + "/" + query;
    }

    private void Respond(ServedFile file, WsFileOptions options, FileQuery query)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("ETag", file.Tag), new("Cache-Control", options.CacheControl), new("Vary", "Accept-Encoding"),
        ];
        bool isFresh = query.Has(file.Tag);
        if (file.Encoding is not null && !isFresh) headers.Add(new("Content-Encoding", file.Encoding));
        RespondHead(isFresh ? 304 : 200, "file", isFresh ? null : file.ContentType, isFresh ? -1 : file.Length, headers.ToArray());
        if (isFresh || _isHead) file.Dispose();
        else _file = file;
        Send();
    }

    /// <summary>Continues sending, as far as the client takes it. For <see cref="HttpFiles"/> alone.</summary>
    public async void SendFile()
    {
        // A turn may come while a piece is being read.
        if (_isReadingFile) return;
        ServedFile file = _file!;
        byte[] piece = _http.Loop.Pool.Rent((int)Math.Clamp(file.Left, 1, PieceBytes));
        bool isSent = true;
        for (int pieces = 0; isSent && pieces < PiecesPerTurn && file.Left > 0 && !_transport.IsOutputBlocked; pieces++)
        {
            isSent = await SendPiece(file, piece);
        }

        _http.Loop.Pool.Return(piece);
        if (_transport.IsClosed)
        {
            CloseFile();
        }
        else if (!isSent)
        {
            // The client takes no more, or the file has become shorter than its announced length.
            _transport.Abort();
        }
        else if (file.Left == 0)
        {
            CloseFile();
            Finish();
        }
        else if (_transport.IsOutputBlocked)
        {
            ExpectProgress();
        }
        else
        {
            _transport.RequestTurn();
        }
    }

    private async ValueTask<bool> SendPiece(ServedFile file, byte[] piece)
    {
        int read = 0;
        _isReadingFile = true;
        _http.Loop.BeginWork();
        try
        {
            read = await file.ReadAsync(piece);
        }
        catch (Exception exception)
        {
            Log.AnswerFailed(Logger, exception, file.ContentType, RemoteEndPoint);
        }

        _http.Loop.EndWork();
        _isReadingFile = false;
        return read > 0 && !_transport.IsClosed && _transport.Write(piece.AsSpan(0, read), default) != OutputStatus.Refused;
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }
}
