using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace WsAot.Files;

/// <summary>
/// Checks the type of a file without opening it: opening a pipe that nobody writes to blocks forever, and opening a device can have side
/// effects.
/// </summary>
internal static partial class FileType
{
    private const int CurrentFolder = -100;     // AT_FDCWD
    private const uint TypeMask = 0x1;          // STATX_TYPE
    private const int ModeOffset = 28;          // stx_mode of struct statx, which is the same on all processors, unlike struct stat
    private const int StructBytes = 256;
    private const int FormatMask = 0xF000;      // S_IFMT
    private const int Regular = 0x8000;         // S_IFREG

    /// <summary>
    /// Whether the file exists and is not a pipe, a socket or a device. Only Linux tells these apart; elsewhere any file counts.
    /// </summary>
    public static bool IsFile(string path) => (OperatingSystem.IsLinux() ? IsRegular(path) : null) ?? File.Exists(path);

    /// <returns>Null if Linux does not say: there is no such file, or statx(2) is not allowed.</returns>
    [SupportedOSPlatform("linux")]
    private static bool? IsRegular(string path)
    {
        Span<byte> status = stackalloc byte[StructBytes];
        if (StatX(CurrentFolder, path, 0, TypeMask, ref MemoryMarshal.GetReference(status)) != 0) return null;
        return (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & FormatMask) == Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
