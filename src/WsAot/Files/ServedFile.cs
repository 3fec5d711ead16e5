namespace WsAot.Files;

/// <summary>An open file on its way to a client. Its owner disposes it when no read is running.</summary>
internal sealed class ServedFile(FileMount mount, Stream content, long length, string contentType, string tag, string? encoding)
    : IDisposable
{
    /// <summary>Stands for a folder that was requested without the slash at the end.</summary>
    public static ServedFile Folder { get; } = new(null!, Stream.Null, 0, "", "", null);

    public bool IsFolder => ReferenceEquals(this, Folder);

    public long Length { get; } = length;

    /// <summary>The bytes that have not been read yet.</summary>
    public long Left { get; private set; } = length;

    public string ContentType => contentType;

    public string Tag => tag;

    /// <summary>The coding of the content; null if it is not compressed.</summary>
    public string? Encoding => encoding;

    /// <summary>Reads the next bytes, never beyond the length.</summary>
    /// <returns>The number of bytes; 0 if the file is shorter than the length.</returns>
    public async ValueTask<int> ReadAsync(byte[] destination)
    {
        int count = (int)Math.Min(destination.Length, Left);
        int read = await mount.Run(() => content.Read(destination, 0, count));
        Left -= read;
        return read;
    }

    public void Dispose() => content.Dispose();
}
