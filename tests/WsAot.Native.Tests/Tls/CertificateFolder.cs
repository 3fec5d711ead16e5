using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Tls;

/// <summary>A certificate and its key in a folder, where something replaces them in its own way.</summary>
internal abstract class CertificateFolder(string path, string host)
{
    /// <summary>The name that the certificate is for.</summary>
    public string Host => host;

    public abstract string CertificateFile { get; }

    public abstract string KeyFile { get; }

    protected string Folder { get; } = Directory.CreateDirectory(path).FullName;

    /// <summary>Replaces both files.</summary>
    /// <param name="key">Null: there is no key.</param>
    public abstract Task ReplaceAsync(string certificate, string? key);

    /// <summary>Nobody but the owner may read it.</summary>
    protected static async Task WriteAsync(string file, string? text)
    {
        if (text is null) return;
        await File.WriteAllTextAsync(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Replaces a symbolic link by another with rename(2), so that a reader always finds one of the two.</summary>
    protected static async Task LinkAsync(string link, string target)
    {
        string draft = link + ".new";
        File.CreateSymbolicLink(draft, target);
        CommandResult moved = await Command.RunAsync("mv", ["--no-target-directory", draft, link]);
        Assert.True(moved.ExitCode == 0, moved.All);
    }
}
