import { expect, test } from "vitest";
import { imagesIn } from "./open-wim.ts";

test("images of a WIM by its description, as Windows and wimlib write it", () => {
  const windows = (architecture: number) =>
    `<WINDOWS><ARCH>${architecture}</ARCH><VERSION><MAJOR>10</MAJOR><BUILD>22621</BUILD></VERSION></WINDOWS>`;
  const xml = `﻿<WIM><TOTALBYTES>9</TOTALBYTES><IMAGE INDEX="1"><DIRCOUNT>3</DIRCOUNT><TOTALBYTES>1700</TOTALBYTES>${windows(9)}<NAME>Windows PE &amp; more</NAME><DESCRIPTION>x</DESCRIPTION></IMAGE>
<IMAGE INDEX="2">${windows(12)}<NAME>ARM</NAME></IMAGE><IMAGE INDEX="3"></IMAGE></WIM>`;
  expect(imagesIn(xml)).toEqual([
    { index: 1, name: "Windows PE & more", architecture: "amd64", build: 22621, bytes: 1700 },
    { index: 2, name: "ARM", architecture: "arm64", build: 22621, bytes: 0 },
    { index: 3, name: "", architecture: undefined, build: undefined, bytes: 0 },
  ]);
  expect(imagesIn("")).toEqual([]);
});
