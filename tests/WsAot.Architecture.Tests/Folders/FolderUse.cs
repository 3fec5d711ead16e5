namespace WsAot.Architecture.Tests.Folders;

/// <summary>One place at which code of a folder uses what another folder keeps to itself.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Symbol">The type or member that is used.</param>
internal sealed record FolderUse(string From, string To, string Place, string Symbol);
