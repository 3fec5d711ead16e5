using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Containers;

/// <summary>A project that publishes some small files, and its image. What is compiled makes no difference to the image.</summary>
internal sealed class ImageProject
{
    private const string Text = """
        <Project>
          <PropertyGroup>
            <PublishAot>true</PublishAot>
            <WsAotStatic Condition="'$(WsAotStatic)' == ''">true</WsAotStatic>
            <RuntimeIdentifier>linux-arm64</RuntimeIdentifier>
            <TargetName>My.Server</TargetName>
            <Version>1.2.3-beta+4</Version>
            <PublishDir>dist/</PublishDir>
            <NativeBinary>bin/native/My.Server</NativeBinary>
          </PropertyGroup>
          <ItemGroup>
            <ResolvedFileToPublish Include="bin/native/My.Server" RelativePath="My.Server" />
            <ResolvedFileToPublish Include="bin/native/My.Server.dbg" RelativePath="My.Server.dbg" />
            <ResolvedFileToPublish Include="wwwroot/**" RelativePath="wwwroot/%(RecursiveDir)%(Filename)%(Extension)" />
          </ItemGroup>
          <Target Name="Publish">
            <Copy SourceFiles="bin/native/My.Server" DestinationFolder="dist" />
          </Target>
          CONTENT
          <Import Project="TARGETS" />
        </Project>
        """;

    private readonly string _folder = Repository.EmptyFolder("containers/project");

    /// <param name="content">What the project says besides.</param>
    public ImageProject(string content = "")
    {
        string targets = Path.Combine(Repository.Root, "src", "WsAot", "buildTransitive", "WsAot.OciArchive.targets");
        Write("image.proj", Text.Replace("CONTENT", content).Replace("TARGETS", targets));
        Write("bin/native/My.Server", "the program");
        Write("bin/native/My.Server.dbg", "its symbols");
        // What an earlier publish left there.
        Write("dist/secret.json", "{}");
    }

    /// <summary>Adds a file to it.</summary>
    public void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public Task<CommandResult> RunAsync(string? sourceDateEpoch = null, params string[] properties) => DotNet.RunAsync(
        _folder, new() { ["SOURCE_DATE_EPOCH"] = sourceDateEpoch }, ["msbuild", "image.proj", "-t:WsAotOciArchive", "-v:m", .. properties]);

    /// <summary>Writes the archive and reads its bytes.</summary>
    public async Task<byte[]> WriteAsync(string? sourceDateEpoch = null, string file = "dist/My.Server.oci.tar")
    {
        CommandResult result = await RunAsync(sourceDateEpoch);
        Assert.True(result.ExitCode == 0, result.All);
        return await File.ReadAllBytesAsync(Path.Combine(_folder, file));
    }

    /// <summary>Writes the archive and opens it.</summary>
    public async Task<ImageArchive> OpenAsync(string? sourceDateEpoch = null, string file = "dist/My.Server.oci.tar")
    {
        await WriteAsync(sourceDateEpoch, file);
        return ImageArchive.Read(Path.Combine(_folder, file));
    }
}
