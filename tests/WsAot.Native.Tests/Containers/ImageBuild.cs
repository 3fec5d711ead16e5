using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Containers;

/// <summary>The last stages of a Dockerfile, built by buildah around a file that was published before.</summary>
internal static class ImageBuild
{
    /// <param name="dockerfile">The folder that has the Dockerfile.</param>
    /// <param name="files">What stands for the stage <c>files</c>: the folder with the published file.</param>
    /// <param name="arguments">More arguments of the build.</param>
    public static async Task<ImageArchive> RunAsync(string dockerfile, string files, params string[] arguments)
    {
        string work = Repository.EmptyFolder("containers/buildah");
        string archive = Path.Combine(work, "image.tar");
        CommandResult build = await Command.RunAsync(
            Tools.Buildah,
            [
                "--root", Path.Combine(work, "root"), "--runroot", Path.Combine(work, "run"), "--storage-driver", "vfs",
                // OCI's own format has no health check, and buildah leaves it out there.
                "bud", "--isolation", "chroot", "--format", "docker", "--build-context", "files=" + files, .. arguments,
                "-t", "docker-archive:" + archive, dockerfile,
            ]);
        Assert.True(build.ExitCode == 0, build.All);
        return ImageArchive.Read(archive);
    }
}
