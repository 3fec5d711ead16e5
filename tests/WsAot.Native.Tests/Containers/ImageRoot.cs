using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Containers;

/// <summary>
/// The root of an image, in which its program runs as a container engine runs it: it sees nothing else, cannot write, and has the user and
/// the variables of the image.
/// </summary>
internal sealed class ImageRoot
{
    // In the view of this one process, the root is mounted a second time, over itself, and nothing can be written there.
    private const string Script = """
        root=$1 user=$2; shift 2
        mount --bind "$root" "$root" && mount -o remount,bind,ro "$root" && exec chroot --userspec="$user" "$root" "$@"
        """;

    private readonly string _folder;
    private readonly string _user;
    private readonly string[] _entryPoint;
    private readonly Dictionary<string, string?> _environment;

    public ImageRoot(ImageArchive image)
    {
        _folder = Repository.EmptyFolder("containers/root");
        image.Unpack(_folder);
        var config = image.Configuration.GetProperty("config");
        _user = config.GetProperty("User").GetString()!;
        _entryPoint = ImageArchive.Strings(config.GetProperty("Entrypoint"));
        _environment = ImageArchive.Strings(config.GetProperty("Env"))
            .Select(static variable => variable.Split('=', 2))
            .ToDictionary(static variable => variable[0], static variable => (string?)variable[1]);
    }

    /// <summary>What is in it now.</summary>
    public string[] Files => [.. Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder, file))];

    /// <summary>Starts the program and waits until it listens.</summary>
    public Task<ServerProcess> StartAsync(params string[] arguments) =>
        ServerProcess.StartAsync("unshare", Isolated(arguments), PublishedApp.NewWorkingFolder(), _environment);

    /// <summary>Runs the program to its end.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RunAsync("unshare", Isolated(arguments), PublishedApp.NewWorkingFolder(), ServerProcess.Environment(_environment));

    private string[] Isolated(string[] arguments) =>
        ["--mount", "/bin/sh", "-c", Script, "sh", _folder, _user, .. _entryPoint, .. arguments];
}
