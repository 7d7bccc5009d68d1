using System.Net.Sockets;
using Gamification.Journal;
using Gamification.Silo.Engine.Transfer;
using Gamification.Silo.Programmes;
using Gamification.Storage;

namespace Gamification.Silo.Engine;

/// <summary>What keeps a process from starting, in one line for the person who started it.</summary>
public static class StartFaults
{
    /// <summary>Null for what is a bug, which shows its stack.</summary>
    public static string? LineFor(Exception fault) => fault switch
    {
        DatabaseTooNewException or WrongSecretException or TransferUnfinishedException or TransferException or ProgrammeFileException or FormatException => fault.Message,
        UnauthorizedAccessException => $"The data folder cannot be written: {fault.Message} Choose another with --data, or mend its permissions.",
        IOException or InvalidDataException => fault.Message,
        JournalUnavailableException away => away.Message,
        System.Data.Common.DbException database => $"The database cannot be opened: {database.Message}",
        SocketException socket => $"The network refuses: {socket.Message}",
        _ => null,
    };
}
