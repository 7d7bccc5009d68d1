using System.Security.Cryptography;

namespace Gamification.Api;

/// <summary>The deployment's secret as a file beside its data, made at the first start and readable by its owner only. It is backed up with the data.</summary>
public static class SecretFile
{
    private const int Length = 32;

    public static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        var secret = Convert.FromHexString(File.ReadAllText(path).Trim());
        return secret.Length >= Length ? secret : throw new InvalidDataException($"{path} holds less than {Length} bytes. Restore it from the backup of this data folder.");
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length)));
    }
}
