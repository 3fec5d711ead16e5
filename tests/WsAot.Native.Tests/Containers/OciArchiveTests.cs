using System.Text.Json;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Containers;

/// <summary>What <c>dotnet publish -t:WsAotOciArchive</c> puts into the image, and what a project can say about it.</summary>
[Collection(PublishedFile.Name)]
public sealed class OciArchiveTests
{
    [RequiresFact]
    public async Task It_has_what_is_published_and_nothing_else_that_lies_in_the_folder()
    {
        ImageProject project = new();
        project.Write("wwwroot/index.html", "<p>");
        project.Write("wwwroot/scripts/app.js", "1");
        ImageArchive image = await project.OpenAsync();
        Assert.Equal(
            [
                "644 0:0 wwwroot/index.html", "644 0:0 wwwroot/scripts/app.js", "755 0:0 My.Server", "755 0:0 wwwroot/",
                "755 0:0 wwwroot/scripts/",
            ],
            image.Files);
        JsonElement config = image.Configuration.GetProperty("config");
        Assert.Equal(["/My.Server"], ImageArchive.Strings(config.GetProperty("Entrypoint")));
        Assert.Equal("arm64", image.Configuration.GetProperty("architecture").GetString());
        Assert.Equal(["my.server:1.2.3-beta-4"], image.Tags);
    }

    [RequiresFact]
    public async Task The_same_files_make_the_same_bytes_and_the_time_is_that_of_the_variable()
    {
        ImageProject project = new();
        byte[] first = await project.WriteAsync();
        // The times of files are no part of it.
        project.Write("bin/native/My.Server", "the program");
        Assert.Equal(first, await project.WriteAsync());
        Assert.Equal(first, await project.WriteAsync("0"));

        ImageArchive dated = await project.OpenAsync("1700000000");
        Assert.Equal("2023-11-14T22:13:20Z", dated.Configuration.GetProperty("created").GetString());
    }

    [RequiresFact]
    public async Task The_project_says_by_the_properties_and_items_of_the_SDK_what_is_different()
    {
        ImageProject project = new("""
            <PropertyGroup>
              <ContainerRepository>registry.example.com/team/chat</ContainerRepository>
              <ContainerImageTag>stable</ContainerImageTag>
              <ContainerUser>1000:1000</ContainerUser>
              <ContainerArchiveOutputPath>images/chat.tar</ContainerArchiveOutputPath>
            </PropertyGroup>
            <ItemGroup>
              <ContainerPort Include="9000" />
              <ContainerPort Include="9001" Type="udp" />
              <ContainerEnvironmentVariable Include="WSAOT_URLS" Value="ws://*:9000" />
              <ContainerEnvironmentVariable Include="QUOTED" Value="a &quot;b&quot; \c" />
              <ContainerLabel Include="org.opencontainers.image.title" Value="The chat" />
              <ContainerLabel Include="org.opencontainers.image.source" Value="https://example.com/chat" />
            </ItemGroup>
            """);
        ImageArchive image = await project.OpenAsync(file: "images/chat.tar");
        Assert.Equal(["registry.example.com/team/chat:stable"], image.Tags);
        JsonElement config = image.Configuration.GetProperty("config");
        Assert.Equal("1000:1000", config.GetProperty("User").GetString());
        Assert.Equal("""{"9000/tcp":{},"9001/udp":{}}""", config.GetProperty("ExposedPorts").GetRawText());
        Assert.Equal(["WSAOT_URLS=ws://*:9000", """QUOTED=a "b" \c"""], ImageArchive.Strings(config.GetProperty("Env")));
        Assert.Equal("The chat", config.GetProperty("Labels").GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal("1.2.3-beta+4", config.GetProperty("Labels").GetProperty("org.opencontainers.image.version").GetString());
    }

    [RequiresFact]
    public async Task What_cannot_be_written_is_an_error_that_says_why()
    {
        ImageProject project = new();
        Expect(await project.RunAsync("yesterday"), "SOURCE_DATE_EPOCH is 'yesterday'; it takes seconds since 1970.");
        Expect(
            await project.RunAsync(null, "-p:WsAotStatic=false"),
            "An image in an empty root needs a static native file: publish with -p:WsAotStatic=true.");

        string name = "wwwroot/" + new string('n', 100);
        project.Write(name, "");
        Expect(await project.RunAsync(), $"'{name}' is longer than the 100 bytes that a path in an image may have here.");
    }

    private static void Expect(CommandResult result, string error)
    {
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(error, result.All, StringComparison.Ordinal);
    }
}
