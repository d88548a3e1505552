// SPDX-License-Identifier: Apache-2.0
// The pages in Debian's Chromium: what a person does, without and with JavaScript. Started by test_browser.
// usage: node browser.mjs PLAYWRIGHT-FOLDER BASE-URL PASSWORD SCREENSHOT-FOLDER
import { mkdirSync } from 'node:fs';

const [, , playwright, base, password, shots] = process.argv;
const { chromium } = await import(`${playwright}/index.mjs`);
const TOWN = '361023103', VILLAGE = '361023103200';
const SIZES = [['desk', 1366, 768], ['phone', 390, 844]];
mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let passed = 0, failed = 0;

function must(fact, words) {
  if (!fact) throw new Error(words);
}

async function open(options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.troubles = [];
  page.on('console', message => { if (message.type() === 'error') page.troubles.push(message.text()); });
  page.on('pageerror', error => page.troubles.push(String(error)));
  return page;
}

async function signIn(page, name) {
  await page.goto(`${base}/sign-in`);
  await page.fill('#name', name);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
}

async function test(words, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED ${words}: ${String(error.message || error).slice(0, 600)}`);
  }
}

// What every page must be: one heading, labelled fields, no wider than the screen, nothing that the policy stopped.
async function look(page, path, name) {
  page.troubles.length = 0;
  const answer = await page.goto(base + path);
  must(answer.status() === 200, `${path}: ${answer.status()}`);
  const found = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    wider: document.documentElement.scrollWidth - window.innerWidth,
    unlabelled: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .filter(field => !field.labels.length).map(field => field.name),
    lang: document.documentElement.lang,
    small: parseFloat(getComputedStyle(document.body).fontSize),
    styled: getComputedStyle(document.querySelector('main')).paddingLeft,
  }));
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  must(found.headings === 1, `${path}: ${found.headings} h1`);
  must(found.wider <= 0, `${path}: ${found.wider} px wider than the screen`);
  must(found.unlabelled.length === 0, `${path}: no label: ${found.unlabelled}`);
  must(found.lang === 'zh-CN' && found.small >= 16 && found.styled !== '0px', `${path}: ${JSON.stringify(found)}`);
  must(page.troubles.length === 0, `${path}: ${page.troubles.join('; ')}`);
}

const PAGES = [
  ['town', 'to', `/u/${TOWN}`], ['village', 'to', `/u/${VILLAGE}`], ['acts', 'to', `/u/${VILLAGE}/acts`],
  ['act', 'to', `/u/${VILLAGE}/act/notice.post`], ['act-table', 'to', `/u/${TOWN}/act/term.open`],
  ['log', 'to', `/u/${VILLAGE}/log`], ['entry', 'to', `/u/${VILLAGE}/entry/1`], ['roll', 'to', `/u/${VILLAGE}/roll`],
  ['result', 'to', `/u/${TOWN}/result`], ['result-village', 'to', `/u/${VILLAGE}/result`],
  ['password', 'to', '/password'], ['users', 'admin', '/users'], ['security', 'look', '/security'],
];

for (const [size, width, height] of SIZES) {
  const page = await open({ viewport: { width, height } });
  let who = '';
  for (const [name, user, path] of PAGES) {
    await test(`${name} on a ${size}`, async () => {
      if (user !== who) {
        await page.context().clearCookies();
        await signIn(page, user);
        who = user;
      }
      await look(page, path, `${name}-${size}`);
    });
  }
  await page.context().close();
}

await test('the sign-in page', async () => {
  const page = await open();
  await look(page, '/sign-in', 'sign-in');
  await page.context().close();
});

for (const javaScriptEnabled of [false, true]) {
  const words = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';
  await test(`an act is refused with its rule, put right and accepted, ${words}`, async () => {
    const page = await open({ javaScriptEnabled });
    await signIn(page, 'vc');
    must(new URL(page.url()).pathname === `/u/${VILLAGE}`, `begins at ${page.url()}`);
    await page.locator('a[href$="/act/notice.post"]').first().click();
    await page.getByLabel('公告种类').selectOption({ index: 1 });
    await page.getByLabel('正文').fill('举报电话 <b>0794</b>');
    await page.getByRole('button', { name: '张贴其他公告' }).click();
    must(await page.locator('#posted_on-error').count() === 1, 'the missing day is not marked');
    must(await page.getByLabel('正文').inputValue() === '举报电话 <b>0794</b>', 'what was typed is gone');
    await page.getByLabel('张贴日期').fill('2020-12-11');
    await page.getByLabel('地点').first().fill('村部');
    await page.getByRole('button', { name: '再加三行' }).first().click();
    must(await page.getByLabel('地点').count() >= 6, 'no more rows');
    await page.getByRole('button', { name: '只核对' }).click();
    await page.getByText('核对通过').waitFor();
    await page.getByRole('button', { name: '张贴其他公告' }).click();
    await page.waitForURL(/\/entry\/\d+\?new=1/);
    must((await page.locator('main').innerText()).includes('举报电话 <b>0794</b>'), 'the entry lacks the text');
    await page.goto(`${base}/u/${VILLAGE}/act/vec.post`);
    await page.getByLabel('张贴日期').fill('2020-12-11');
    await page.getByLabel('地点').first().fill('村部');
    await page.getByRole('button', { name: '公布选举委员会名单' }).click();
    must((await page.locator('main').innerText()).includes('SEQ-01'), 'no rule is named');
    await page.screenshot({ path: `${shots}/refused-${javaScriptEnabled}.png`, fullPage: true });
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL(/sign-in/);
    await page.context().close();
  });
}

await test('English by the switch, and back', async () => {
  const page = await open();
  await signIn(page, 'to');
  await page.getByRole('link', { name: 'English' }).click();
  await page.locator('nav.tabs').getByText('Progress', { exact: true }).waitFor();
  must(await page.evaluate(() => document.documentElement.lang) === 'en', 'lang');
  await page.getByRole('link', { name: '中文' }).click();
  await page.locator('nav.tabs').getByText('进度', { exact: true }).waitFor();
  await page.context().close();
});

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
