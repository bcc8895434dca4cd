"""Files people sent, kept by what they contain.

Promises: a file is stored once under the SHA-256 of its content, encrypted with a key of its own, outside the web root;
it is read back whole or not at all; when its time is over the key is destroyed and the bytes are deleted.
"""
