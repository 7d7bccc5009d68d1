Console.WriteLine("A node without HTTP comes with the cluster.");
